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
      // The more specific path has no POST, so the next one is tried.
      ("POST /jobs/fixed/b", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=fixed jobDefinition=b"),
      ("POST //jobs/a/b", "POST /jobs/{jobQueue}/{jobDefinition} jobQueue=a jobDefinition=b"), ("GET ///", "GET /"),
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

  @Test("in the API with the most specific path, or else in the first that has one")
  func shared() {
    for apis in [[Self.rest, Self.http], [Self.http, Self.rest]] {
      let table = RouteTable(apis)
      #expect(table.route(.sample("POST /jobs/a/b"))?.routed.api.kind == apis[0].definition.kind)
      #expect(table.route(.sample("PATCH /jobs/a/b"))?.routed.api.kind == .http)
      // $default is the least specific, even in the first API.
      #expect(table.route(.sample("GET /any"))?.routed.api.kind == .rest)
    }
  }

  @Test("or the API is found that is nearest to it")
  func nearest() {
    let rest = API.sample(
      .rest, [("POST", "/lambda/jobs/{a}/{b}"), ("GET", "/files/{path+}"), ("GET", "/{one}/{two}/x")])
    let http = API.sample(.http, [("POST", "/jobs/{a}/{b}"), ("POST", "/files/{path+}")])
    let owners: [(String, APIKind)] = [
      ("POST /jobs/a/b/c", .http), ("POST /jobs", .http), ("GET /jobs/a/b", .http), ("POST /jobs/a/b", .http),
      ("POST /lambda/jobs/a/b/c", .rest), ("POST /lambda", .rest), ("GET /files/a/b", .rest),
      ("POST /files/a/b", .http), ("PUT /files/a", .rest), ("GET /nowhere", .rest), ("GET /", .rest),
    ]
    for apis in [[rest, http], [http, rest]] {
      for (line, kind) in owners { #expect(RouteTable(apis).owner(of: .sample(line))?.kind == kind, "\(line)") }
    }
    #expect(RouteTable([http]).owner(of: .sample("GET /nowhere"))?.kind == .http)
  }

  @Test("in a single API if the host names it")
  func host() {
    var other = APIDefinition.sample(.http)
    other = APIDefinition(
      logicalID: "OtherApi", kind: .http, id: "f6g7h8i9j0", region: other.region, stage: other.stage)
    let table = RouteTable([Self.rest, API(other, routes: Self.http.routes)])
    let kind = { (host: String) in table.route(.sample("POST /jobs/a/b", host: host))?.routed.api.kind }
    #expect(kind("sampleapi.execute-api.localhost:3000") == .rest)
    #expect(kind("a1b2c3d4e5.execute-api.localhost") == .rest)
    #expect(kind("OtherApi.execute-api.localhost") == .http)
    #expect(kind("f6g7h8i9j0.execute-api.us-east-1.amazonaws.com") == .http)
    #expect(kind("nothere.execute-api.localhost") == nil)
    #expect(table.owner(of: .sample("GET /x", host: "otherapi.execute-api.localhost"))?.kind == .http)
    #expect(table.owner(of: .sample("GET /x", host: "nothere.execute-api.localhost")) == nil)
  }

  @Test("unless another API on the port hides it; hidden routes are listed")
  func shadowed() {
    let other = API.sample(.http, [("POST", "/jobs/{jobQueue}/{jobDefinition}"), ("POST", "/other"), (nil, nil)])
    #expect(
      RouteTable([Self.rest, other]).shadowed == [
        "POST /jobs/{jobQueue}/{jobDefinition} of SampleApi is hidden by SampleApi, which has the same route on this "
          + "port; send its requests to the host sampleapi.execute-api.localhost"
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
