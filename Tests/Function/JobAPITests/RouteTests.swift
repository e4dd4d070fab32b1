import Batch
import ProxyEvents
import Testing

@testable import JobAPI

@Suite("The route")
struct RouteTests {
  @Test(
    "takes the queue and the definition from the path parameters, or from the path's last three segments",
    arguments: [
      (Events.rest(), "reports render"), (Events.rest(definition: "render%3A3"), "reports render:3"),
      (Events.rest(definition: "render:3"), "reports render:3"),
      (Events.httpV2(path: "/x", parameters: #"{"jobQueue":"q","jobDefinition":"d:1"}"#), "q d:1"),
      (Events.httpV2(path: "/jobs/q/d:1"), "q d:1"), (Events.httpV2(path: "/prod/jobs/q/d"), "q d"),
      (Events.httpV2(path: "/prod/jobs/q/d", parameters: #"{"proxy":"jobs/q/d"}"#), "q d"),
      (Events.httpV2(path: "/jobs/q/d", parameters: #"{"jobQueue":"other"}"#), "q d"),
      (Events.functionURL(path: "/jobs/q/d%3A7"), "q d:7"), (Events.functionURL(path: "/a/b/jobs/%71/d"), "q d"),
      (Events.functionURL(path: "/jobs/jobs/jobs"), "jobs jobs"), (Events.functionURL(path: "/jobs/jobs/q/d"), "q d"),
      (Events.functionURL(path: "/jobs/q/d/"), "q d"),
      (Events.loadBalancer(path: "/jobs/q/d%3a7"), "q d:7"), (Events.loadBalancer(path: "/lambda/jobs/q/d"), "q d"),
    ])
  func names(event: String, names: String) throws {
    let route = try route(event)
    guard case .submit(let definition) = route.action else {
      Issue.record("\(route)")
      return
    }
    #expect("\(route.jobQueue) \(definition)" == names)
  }

  private static let id = "8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60"

  @Test(
    "takes the queue and the job from the path parameters, or from the path's last four segments",
    arguments: [
      (Events.httpV2(path: "/queues/q/jobs/\(id)", method: "GET"), "read q \(id)"),
      (Events.httpV2(path: "/prod/queues/q/jobs/\(id)/", method: "DELETE"), "cancel q \(id)"),
      (
        Events.httpV2(path: "/x", method: "GET", parameters: #"{"jobQueue":"q","jobId":"\#(id):7"}"#),
        "read q \(id):7"
      ),
      (Events.functionURL(path: "/queues/%71/jobs/\(id)%3A0", method: "DELETE"), "cancel q \(id):0"),
      (Events.loadBalancer(path: "/a/queues/queues/jobs/\(id)", method: "GET"), "read queues \(id)"),
      (Events.loadBalancer(path: "/queues/jobs/jobs/\(id)", method: "GET"), "read jobs \(id)"),
    ])
  func job(event: String, names: String) throws {
    let route = try route(event)
    switch route.action {
    case .read(let id), .cancel(let id): #expect("\(route.operation) \(route.jobQueue) \(id)" == names)
    case .submit, .list: Issue.record("\(route)")
    }
  }

  @Test(
    "lists a queue at its path",
    arguments: [
      ("/queues/q/jobs", "q"), ("/prod/lambda/queues/q/jobs/", "q"), ("/queues/jobs/jobs", "jobs"),
      ("/queues/queues/jobs", "queues"),
    ])
  func list(path: String, queue: String) throws {
    for event in [
      Events.httpV2(path: path, method: "GET"), Events.functionURL(path: path, method: "GET"),
      Events.loadBalancer(path: path, method: "GET"),
    ] {
      let route = try route(event)
      #expect("\(route.operation) \(route.jobQueue)" == "list \(queue)")
    }
    #expect(
      try route(Events.httpV2(path: path, method: "GET", parameters: #"{"jobQueue":"it"}"#)).jobQueue.description
        == "it")
  }

  @Test("doesn't list a queue from a part of the path parameter, which is what was authorized")
  func authorizedQueue() throws {
    let event = Events.httpV2(
      path: "/queues/mine/queues/other/jobs", method: "GET", parameters: #"{"jobQueue":"mine/queues/other"}"#)
    let error = try #require(throws: Failure.self) { try route(event) }
    guard case .route(.badJobQueue("mine/queues/other")) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test(
    "has the methods of its resource alone",
    arguments: [("/queues/q/jobs", ["GET"]), ("/queues/q/jobs/\(id)", ["GET", "DELETE"])])
  func methods(path: String, methods: [String]) throws {
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", ""] {
      let event = Events.functionURL(path: path, method: method)
      if methods.contains(method) {
        _ = try route(event)
      } else {
        let error = try #require(throws: Failure.self) { try route(event) }
        guard case .route(.methodNotAllowed(method, _)) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(Problem(error, job: nil).headers.first?.value == methods.joined(separator: ", "))
      }
    }
  }

  @Test(
    "names the text that is not a job's id",
    arguments: [
      "7", "\(id):", "\(id):00", "\(id):01", "\(id):10000", "\(id):-1", "\(id)#0", "\(id)%20", "\(id)0", "%2A",
      "8C1F0A2E-6F0B-4C55-9A3E-1D2C3B4A5F60", "8c1f0a2e6f0b4c559a3e1d2c3b4a5f60",
    ])
  func badJobID(text: String) throws {
    let error = try #require(throws: Failure.self) {
      try route(Events.functionURL(path: "/queues/q/jobs/\(text)", method: "GET"))
    }
    guard case .route(.badJobID) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test(
    "is not found at any other path, whatever the method", arguments: ["POST", "GET", "OPTIONS"],
    [
      "", "/", "/jobs", "/jobs/q", "/jobs/q/d/x", "/job/q/d", "/Jobs/q/d", "/q/d", "/x/q/d", "/jobsx/q/d",
      "/favicon.ico", "/jobs/q/", "/jobs/q/d//x",
      "/queues/q", "/queue/q/jobs", "/queues/q/job/x",
    ])
  func notFound(method: String, path: String) throws {
    for event in [
      Events.httpV2(path: path, method: method), Events.functionURL(path: path, method: method),
      Events.loadBalancer(path: path, method: method),
    ] {
      let error = try #require(throws: Failure.self) { try route(event) }
      guard case .route(.notFound) = error else {
        Issue.record("\(error)")
        continue
      }
    }
  }

  @Test(
    "accepts only POST, in every event format, with and without path parameters",
    arguments: ["GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "CONNECT", "post", "POST ", ""])
  func methodNotAllowed(method: String) throws {
    let path = "/jobs/q/d"
    let parameters = #"{"jobQueue":"q","jobDefinition":"d"}"#
    for event in [
      Events.functionURL(path: path, method: method), Events.loadBalancer(path: path, method: method),
      Events.httpV2(path: path, method: method), Events.httpV2(path: path, method: method, parameters: parameters),
      Events.rest(method: method),
    ] {
      let error = try #require(throws: Failure.self) { try route(event) }
      guard case .route(.methodNotAllowed(method, .definition)) = error else {
        Issue.record("\(error)")
        continue
      }
    }
  }

  static let badNames = [
    "", "a%2Fb", "%00", "..", "a%20b", "a+b", "a%22b", "%C3%A9", "é", String(repeating: "n", count: 129), "*",
    "a%253A3", "a%0Ab",
  ]

  @Test("names the text that is not a valid queue name", arguments: badNames)
  func badQueue(name: String) throws {
    let error = try #require(throws: Failure.self) { try route(Events.rest(queue: name)) }
    guard case .route(.badJobQueue) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test("names the text that is not a valid job definition name", arguments: badNames + ["d:", "d:0", "d%3A01", ":1"])
  func badDefinition(name: String) throws {
    // A path that ends before the definition is a different path.
    let events = name.isEmpty ? [] : [Events.functionURL(path: "/jobs/q/\(name)")]
    for event in events + [Events.rest(definition: name)] {
      let error = try #require(throws: Failure.self) { try route(event) }
      guard case .route(.badJobDefinition) = error else {
        Issue.record("\(error)")
        continue
      }
    }
  }

  @Test("reports a bad escape in the path", arguments: ["%", "%zz", "a%4", "%ff"])
  func badEscape(name: String) {
    for event in [
      Events.rest(queue: name), Events.functionURL(path: "/jobs/\(name)/d"),
      Events.loadBalancer(path: "/jobs/q/\(name)"),
    ] {
      let failure = #expect(throws: Failure.self) { try route(event) }
      guard case .event(let error) = failure, case .badPercentEscape = error.reason else {
        Issue.record("\(String(describing: failure))")
        continue
      }
    }
  }

  @Test("does not decode an HTTP API's names, which are already decoded")
  func decodedAlready() {
    #expect(throws: Failure.self) { try route(Events.httpV2(path: "/jobs/q/d%3A3")) }
  }

  private func route(_ event: String) throws -> Route {
    try Route(try ProxyRequest(event: Array(event.utf8)))
  }
}
