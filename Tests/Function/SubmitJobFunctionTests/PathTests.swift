import TestSupport
import Testing

@Suite("Queue and definition in the path")
struct PathTests {
  @Test("are decoded exactly once for a REST API, which delivers them as sent")
  func restDecodes() async throws {
    let run = try await invoke(.rest(queue: "repo%72ts", definition: "render%3A3"), .rest(definition: "render%3a3"))
    #expect(run.batch.requests.map { $0.json["jobDefinition"] as? String } == ["render:3", "render:3"])
    #expect(run.batch.requests.first?.json["jobQueue"] as? String == "reports")
  }

  @Test("are never decoded twice", arguments: ["render%253A3", "re%2572"])
  func once(definition: String) async throws {
    expectRefused(try await invoke(.rest(definition: definition), .rest()), 400)
  }

  @Test("are left unchanged for an HTTP API, which decodes them itself", arguments: ["render%3A3", "%41", "a+b"])
  func httpLeaves(definition: String) async throws {
    let run = try await invoke(
      .http(definition: definition), .defaultRoute(path: "/jobs/reports/\(definition)"), .http())
    #expect(run.responses.map(\.statusCode) == [400, 400, 200])
    #expect(run.batch.requests.count == 1)
  }

  @Test("are decoded from the path of a function URL or a load balancer, which is delivered as sent")
  func pathsDecode() async throws {
    let path = "/any/prefix/jobs/repo%72ts/render%3A3"
    let run = try await invoke(.functionURL(path: path), .alb(path: path))
    #expect(run.responses.map(\.statusCode) == [200, 200])
    #expect(run.batch.requests.allSatisfy { $0.json["jobDefinition"] as? String == "render:3" })
    #expect(run.batch.requests.allSatisfy { $0.json["jobQueue"] as? String == "reports" })
  }

  @Test(
    "are rejected if they are not valid names",
    arguments: [
      "a%2Fb", "%", "%zz", "a%4", "%00", "..", ".", "a%22b", "a\"b", "a'b", "%27", "",
      String(repeating: "q", count: 129),
      "a%20b", "a b", "a+b", "%C3%A9", "é", "%ff", "*", "a%0Ab", "$(id)", "a;b",
      "arn:aws:batch:us-east-1:1:job-queue/q", "etl\u{600}", "etl\u{301}", "etl%D8%80", "\u{212a}", "%E2%84%AA",
    ])
  func noNames(name: String) async throws {
    let run = try await invoke(.rest(queue: name), .rest(definition: name), .rest())
    try #require(run.responses.count == 3)
    for response in run.responses.prefix(2) {
      let refused = name.isEmpty ? [400, 404] : [400]
      #expect(refused.contains(response.statusCode ?? 0), "\(response.body)")
      expectProblem(response, response.statusCode ?? 0)
    }
    #expect(run.responses[2].statusCode == 200)
    #expect(run.batch.requests.count == 1)
  }

  @Test("are also rejected in a path without parameters", arguments: ["a%2Fb", "%zz", "%", "%00", "..", "a%22b", "é"])
  func noNamesInPaths(name: String) async throws {
    let path = "/jobs/\(name)/render"
    let run = try await invoke(.functionURL(path: path), .alb(path: path), .rest())
    try #require(run.responses.count == 3)
    for response in run.responses.prefix(2) { expectProblem(response, 400) }
    #expect(run.batch.requests.count == 1)
  }

  @Test(
    "are split at slashes, even if another character combines with them",
    arguments: ["\u{600}", "\u{301}", "\u{200d}", "%D8%80", "%CC%81"])
  func attachedCharacters(mark: String) async throws {
    for path in [
      "/jobs/q/etl\(mark)/", "/jobs/q\(mark)/etl", "/jobs/q/\(mark)etl", "/jobs/\(mark)q/etl/", "/jobs\(mark)/q/etl",
    ] {
      let run = try await invoke(.functionURL(path: path), .alb(path: path), .defaultRoute(path: path), .rest())
      try #require(run.responses.count == 4)
      for response in run.responses.dropLast() { #expect([400, 404].contains(response.statusCode ?? 0), "\(path)") }
      #expect(run.batch.requests.count == 1)
    }
    let run = try await invoke(.functionURL(path: "/jobs/q/etl//"), .functionURL(path: "/jobs/q/etl/"))
    #expect(run.responses.map(\.statusCode) == [404, 200])
  }

  @Test(
    "allow a revision only for the definition",
    arguments: [
      ("render", 200), ("render:1", 200), ("render:", 400), (":3", 400), ("render:x", 400), ("render:1:2", 400),
    ]
  )
  func revisions(definition: String, status: Int) async throws {
    let run = try await invoke(.rest(definition: definition), .http(definition: definition))
    #expect(run.responses.map(\.statusCode) == [status, status])
    let sent = run.batch.requests.map { $0.json["jobDefinition"] as? String }
    #expect(sent == (status == 200 ? [definition, definition] : []))
  }

  @Test("do not allow a revision for the queue")
  func queueRevision() async throws {
    expectRefused(try await invoke(.rest(queue: "reports:3"), .rest()), 400)
  }
}
