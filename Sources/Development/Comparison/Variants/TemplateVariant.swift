internal import Foundation
internal import LocalAPIGateway
internal import LocalBatch
internal import SAMTemplate

/// A route of a template that submits jobs: a variant that can be run here.
package struct TemplateVariant: Hashable, Sendable {
  /// What the report says of it.
  package var description: ComparisonReport.Variant
  /// The template's path.
  package let template: String
  /// The route's path, with `{jobQueue}` and `{jobDefinition}` in it.
  let route: SubmitURL
  /// Values of the template's parameters.
  let parameters: [String: String]
  /// What of the template is not run here, or can't be: one line each.
  package let warnings: [String]

  /// Every route for POST whose path has `{jobQueue}` and `{jobDefinition}` and no other parameter, and whose integration
  /// is run here, in the template's order.
  ///
  /// Each is named after the file and what of the path stands before its parameters, as in `template/direct/jobs`; after
  /// the file alone when it is the only one.
  package static func all(
    in template: String, parameters: [String: String] = [:]
  ) throws -> [TemplateVariant] {
    // Nothing is sent while it's read.
    let gateway = try LocalGateway(
      templateAt: template, stackName: LocalStage.stackName, parameters: parameters, region: LocalStage.region,
      credentials: EmbeddedBatch.demoCredentials, variables: [:])
    let file = URL(filePath: template).deletingPathExtension().lastPathComponent
    let routes = gateway.routes.compactMap { route -> (LocalGateway.RouteSummary, SubmitURL)? in
      guard let path = route.path.flatMap(SubmitURL.init(template:)), route.method == "POST" || route.method == nil,
        route.integration == .lambdaProxy || route.integration == .service
      else { return nil }
      return (route, path)
    }
    return routes.map { route, path in
      let words = path.template.split(separator: "/").prefix { !$0.hasPrefix("{") }
      return TemplateVariant(
        description: ComparisonReport.Variant(
          id: routes.count == 1 ? file : ([file[...]] + words).joined(separator: "/"),
          name: "\(URL(filePath: template).lastPathComponent), POST \(path.template)", integration: route.integration,
          api: route.api == .rest ? .rest : .http, template: template.fromHere, url: nil),
        template: template, route: path, parameters: parameters,
        warnings: gateway.warnings.map { $0.replacing(String.here, with: "") })
    }
  }

  /// The four that this package has: the function behind a REST API and behind an HTTP API, API Gateway's own
  /// integration done well, and the same at its barest.
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
      main.first { $0.route.template.hasPrefix(path) }?.named(id, name)
    }
    if let minimal = minimal.first {
      var variant = minimal.named("direct-minimal", "direct integration at its barest")
      variant.description.note =
        "The article submits one fixed job; here the path has the queue and the definition, which the template decodes "
        + "(urlDecode), an extension that the article leaves open."
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
  /// A path as it's written from the working directory, when it leads below it.
  fileprivate var fromHere: String { hasPrefix(Self.here) ? String(dropFirst(Self.here.count)) : self }

  /// The working directory, as it stands before a path below it.
  fileprivate static var here: String { FileManager.default.currentDirectoryPath + "/" }
}
