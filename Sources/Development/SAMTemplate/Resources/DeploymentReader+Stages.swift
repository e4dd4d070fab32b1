extension DeploymentReader {
  /// The stage of an API of one of CloudFormation's types, with its variables; nil if the template has none.
  ///
  /// The first stage is served. One that a deployment creates counts only if there is no other.
  func stage(of logicalID: String) throws -> (name: String, variables: TemplateValue?)? {
    let parts = try APIParts(of: logicalID, in: stack)
    let types = ["AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Deployment"]
    var served: (name: String, variables: TemplateValue?)?
    for part in types.flatMap({ parts.parts($0) }) {
      try stack.read(orWarn: APIParts.absence(of: part.resource)) {
        guard let name = try part.properties["StageName"] else { return }
        if let served {
          name.warn("the stage \(try name.text()) of \(logicalID) is not served here, but its stage \(served.name) is")
          return
        }
        var variables = try part.properties.first(of: "Variables", "StageVariables")
        if variables == nil { variables = try part.properties["StageDescription"]?["Variables"] }
        served = (try name.text(), variables)
      }
    }
    return served
  }
}
