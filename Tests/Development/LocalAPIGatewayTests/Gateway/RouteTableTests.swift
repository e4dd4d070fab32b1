import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("A route is found")
struct RouteTableTests {
  private static let rest = API.sample(
    .rest,
    [
      ("POST", "/jobs/{jobQueue}/{jobDefinition}"), ("GET", "/jobs/fixed/{jobDefinition}"), (nil, "/any"),
      ("GET", "/any"), ("POST", "/files/{path+}"), ("GET", "/"),
    ])
  private static let http = API.sample(
    .http, [("POST", "/jobs/{jobQueue}/{jobDefinition}"), ("GET", "/jobs/fixed/{jobDefinition}"), (nil, nil)])

  @Test(
    "in a REST API by the path as sent",
    arguments: [
      ("POST /jobs/a/b", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=a jobDefinition=b"),
      ("POST /jobs/a/b%3A3", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=a jobDefinition=b%3A3"),
      ("POST /jobs/a%2Fb/c/", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=a%2Fb jobDefinition=c"),
      ("GET /jobs/fixed/b", "GET /jobs/fixed/{jobDefinition} jobDefinition=b"),
      ("GET /any", "GET /any"), ("PUT /any", "ANY /any"), ("GET /", "GET /"),
      ("POST /files/a/b%20c/d", "POST /files/{path+} path=a/b%20c/d"),
      // The more specific path has no POST, and no other path is tried.
      ("POST /jobs/fixed/b", "none"),
      ("POST /jobs//b", "none"), ("POST /jobs/a", "none"), ("POST /jobs/a/b/c", "none"), ("POST /files", "none"),
      ("GET /jobs/a/b", "none"), ("GET /JOBS/fixed/b", "none"),
    ])
  func rest(request: String, expected: String) {
    #expect(RouteTable([Self.rest]).route(.sample(request)).map { text($0.routed) } ?? "none" == expected)
  }

  @Test(
    "in an HTTP API by the decoded path, or else as $default",
    arguments: [
      ("POST /jobs/a/b%3A3", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=a jobDefinition=b:3"),
      ("POST /jobs/a/b%253A3", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=a jobDefinition=b%3A3"),
      // The decoded slash starts another segment.
      ("POST /jobs/a%2Fb/c", "$default"),
      ("POST /jobs/fixed/b", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=fixed jobDefinition=b"),
      ("GET /", "$default"), ("DELETE /jobs/a/b", "$default"),
    ])
  func http(request: String, expected: String) {
    #expect(RouteTable([Self.http]).route(.sample(request)).map { text($0.routed) } ?? "none" == expected)
  }

  @Test("in the first API that has one")
  func shared() {
    let table = RouteTable([Self.rest, Self.http])
    #expect(table.route(.sample("POST /jobs/a/b"))?.routed.api.kind == .rest)
    #expect(table.route(.sample("PATCH /jobs/a/b"))?.routed.api.kind == .http)
    #expect(table.owner(of: .sample("GET /nowhere"))?.kind == .rest)
    #expect(RouteTable([Self.http]).owner(of: .sample("GET /nowhere"))?.kind == .http)
  }

  @Test("unless another API on the port hides it; hidden routes are listed")
  func shadowed() {
    let other = API.sample(.http, [("POST", "/jobs/{jobQueue}/{jobDefinition}"), ("POST", "/other"), (nil, nil)])
    #expect(
      RouteTable([Self.rest, other]).shadowed == [
        "POST /jobs/{jobQueue}/{jobDefinition} of SampleApi can't be reached, because SampleApi on the same port has it; "
          + "rename one"
      ])
    #expect(RouteTable([Self.rest]).shadowed.isEmpty)
  }

  @Test("in a function's URL by the host only")
  func functionURL() {
    let integration = Integration.lambdaProxy(function: "SampleFunction", payloadFormat: .v2, timeout: .seconds(30))
    var definition = APIDefinition.sample(.functionURL)
    definition.function = "SampleFunction"
    let url = API(definition, routes: [Route(method: nil, path: nil, integration: integration)])
    let table = RouteTable([Self.http, url])
    #expect(table.route(.sample("GET /x", host: "127.0.0.1:3000"))?.routed.api.kind == .http)
    #expect(
      table.route(.sample("GET /x", host: "SampleFunction.lambda-url.localhost:3000"))?.routed.api.kind == .functionURL)
    #expect(table.route(.sample("GET /x", host: "other.lambda-url.localhost:3000")) == nil)
    #expect(table.owner(of: .sample("GET /x", host: "other.lambda-url.localhost:3000")) == nil)
  }

  private func text(_ routed: RoutedRequest) -> String {
    ([routed.routeKey] + routed.pathParameters.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
  }
}

@Suite("A path of a template")
struct PathTemplateTests {
  @Test("is rejected if it is invalid", arguments: ["", "jobs", "/{all+}/jobs"])
  func refused(text: String) {
    #expect(PathTemplate(text) == nil)
  }
}
