internal import Foundation
internal import LocalAPIGateway
internal import LocalBatch
internal import SAMTemplate

/// A route of a SAM template that submits jobs: a variant that can be run here.
package struct TemplateVariant: Hashable, Sendable {
  /// Its entry in the report.
  package var description: ComparisonReport.Variant
  /// The SAM template's path.
  package let template: String
  /// The route's path, with `{jobQueue}` and `{jobDefinition}` in it.
  let route: SubmitURL
  /// Values of the SAM template's parameters.
  let parameters: [String: String]
  /// The SAM template's own job queues and job definitions.
  let batch: BatchDefinition
  /// The DynamoDB tables in which its functions keep idempotency keys.
  let keyTables: [String]
  /// The SAM template's features that are not emulated, one line each.
  package let warnings: [String]

  /// Every route for POST whose path has `{jobQueue}` and `{jobDefinition}` and no other parameter, and whose integration
  /// is emulated, in the SAM template's order.
  ///
  /// A variant is named after the file and the part of the path before its parameters, as in `template/direct/jobs`, or
  /// after the file alone if it is the only one.
  package static func all(
    in template: String, parameters: [String: String] = [:]
  ) throws -> [TemplateVariant] {
    // Reading the SAM template sends nothing.
    let gateway = try LocalGateway(
      templateAt: template, stackName: LocalStage.stackName, parameters: parameters, region: LocalStage.region,
      credentials: EmbeddedBatch.demoCredentials, variables: [:])
    let file = URL(filePath: template).deletingPathExtension().lastPathComponent
    let routes = gateway.routes.compactMap { route -> (LocalGateway.RouteSummary, SubmitURL)? in
      guard let path = route.path.flatMap(SubmitURL.init(pattern:)), route.method == "POST" || route.method == nil,
        route.integration == .lambdaProxy || route.integration == .service
      else { return nil }
      return (route, path)
    }
    return routes.map { route, path in
      let words = path.pattern.split(separator: "/").prefix { !$0.hasPrefix("{") }
      return TemplateVariant(
        description: ComparisonReport.Variant(
          id: routes.count == 1 ? file : ([file[...]] + words).joined(separator: "/"),
          name: "\(URL(filePath: template).lastPathComponent), POST \(path.pattern)", integration: route.integration,
          api: route.api == .rest ? .rest : .http, template: template.fromHere, url: nil),
        template: template, route: path, parameters: parameters,
        batch: gateway.batch, keyTables: gateway.keyTables,
        warnings: gateway.warnings.map { $0.replacing(String.here, with: "") })
    }
  }

  /// The package's own four: the function behind a REST API and behind an HTTP API, the direct integration done well,
  /// and the minimal direct integration.
  ///
  /// - Parameter root: the package's directory.
  package static func package(at root: String) throws -> [TemplateVariant] {
    let main = try all(in: root + "/template.yaml")
    let minimal = try all(in: root + "/examples/direct-minimal.yaml")
    let names = [
      ("/lambda/jobs/", "lambda-rest", "Lambda behind a REST API"),
      ("/jobs/", "lambda-http", "Lambda behind an HTTP API"),
      ("/direct/jobs/", "direct", "direct integration"),
    ]
    var variants = names.compactMap { path, id, name in
      main.first { $0.route.pattern.hasPrefix(path) }?.named(id, name)
    }
    if let minimal = minimal.first {
      var variant = minimal.named("direct-minimal", "minimal direct integration")
      variant.description.note =
        "The article submits one fixed job; here the path names the queue and the definition, which the mapping "
        + "template decodes (urlDecode), an extension that the article leaves open."
      variants.append(variant)
    }
    return variants
  }

  private func named(_ id: String, _ name: String) -> TemplateVariant {
    var variant = self
    variant.description.id = id
    variant.description.name = name
    return variant
  }
}

extension String {
  /// The path relative to the working directory if it is inside it, else the path unchanged.
  fileprivate var fromHere: String { hasPrefix(Self.here) ? String(dropFirst(Self.here.count)) : self }

  /// The working directory as a prefix of the paths inside it.
  fileprivate static var here: String { FileManager.default.currentDirectoryPath + "/" }
}
