extension OpenAPIDocument {
  /// A method on a path. Its parameters include those of the path.
  struct Operation {
    /// A parameter of the request.
    struct Parameter {
      /// As in `method.request.querystring.name`; nil for a body or a form field.
      let name: String?
      let isRequired: Bool
      let value: TemplateValue
    }

    let value: TemplateValue
    let parameters: [Parameter]
    /// The status codes of `responses`, each with the names of its headers in lower case.
    let responses: [Int: Set<String>]

    init(
      _ value: TemplateValue, inherited: [TemplateValue], in document: OpenAPIDocument
    ) throws {
      self.value = value
      var parameters: [Parameter] = []
      for element in try inherited + (value["parameters"]?.elements() ?? []) {
        let element = try document.dereferenced(element)
        guard let name = try element["name"]?.text(), let location = try element["in"]?.text() else {
          throw element.error("needs both name and in; write them")
        }
        let place = ["header": "header", "query": "querystring", "path": "path"][location]
        let isRequired = try element["required"]?.boolean() ?? false
        parameters.append(
          Parameter(name: place.map { "method.request.\($0).\(name)" }, isRequired: isRequired, value: element))
      }
      self.parameters = parameters

      var responses: [Int: Set<String>] = [:]
      for (status, response) in try value["responses"]?.members() ?? [] {
        guard let status = Int(status) else { continue }
        let headers = try document.dereferenced(response)["headers"]?.node.entries.map { $0.key.lowercased() } ?? []
        responses[status] = Set(headers)
      }
      self.responses = responses
    }
  }
}
