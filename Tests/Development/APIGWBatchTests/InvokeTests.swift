import Foundation
import Subprocess
import Testing

@Suite("apigw-batch invoke")
struct InvokeTests {
  /// Responds with the event itself.
  private let echo = "serve(lambda event: event)"

  @Test("prints exactly the bytes that the function posted, and a newline")
  func output() async throws {
    let answer = #"{ "statusCode" : 200, "n": 1.10 }"#
    try await CommandRun.Package.with(function: "serve(lambda event: b'\(answer)')") { package in
      try package.write("e.json", "{}")
      let run = try await package.run("invoke", "e.json")
      #expect(run.status == 0)
      #expect(run.output == answer + "\n")
      #expect(
        run.errorLines.map { $0.prefix { $0 != ":" } } == ["START RequestId", "END RequestId", "REPORT RequestId"])
      #expect(
        run.errorLines.last?.contains(
          #/^REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t$/#
        ) == true)
    }
  }

  @Test(
    "exits with 0 for a 2xx response, 1 for a problem, 2 for what API Gateway would reject",
    arguments: [
      (#"{"statusCode":202}"#, 0), (#"{"statusCode":"201"}"#, 0), (#"{"body":"x"}"#, 0), (#"{"statusCode":300}"#, 1),
      (#"{"statusCode":504}"#, 1), (#"{"statusCode":"x"}"#, 2), (#""text""#, 2), ("[]", 2),
    ])
  func exitStatus(answer: String, status: Int32) async throws {
    try await CommandRun.Package.with(function: echo) { package in
      let run = try await package.run("invoke", "-", input: answer)
      #expect(run.status == status)
      #expect(run.output == answer + "\n")
      #expect(run.error.contains("not a proxy response") == (status == 2))
    }
  }

  @Test("runs several events through one process, names each, and ends with a summary")
  func several() async throws {
    let script = "serve(lambda event: json.dumps({'statusCode': json.loads(event), 'pid': os.getpid()}).encode())"
    try await CommandRun.Package.with(function: script) { package in
      try package.write("events/b.json", "404")
      try package.write("events/a.json", "200")
      try package.write("events/README.md", Self.table(["a.json": "200", "b.json": "404"]))
      let run = try await package.run("invoke", "--all")
      // A 404 is what the table says.
      #expect(run.status == 0)
      #expect(run.errorLines.last == "apigw-batch: 2 events: all as events/README.md says (1 × 200, 1 × 404)")
      struct Told: Decodable { let statusCode, pid: Int }
      let told = try run.output.split(separator: "\n").map { try JSONDecoder().decode(Told.self, from: Data($0.utf8)) }
      #expect(told.map(\.statusCode) == [200, 404])
      #expect(told.first?.pid == told.last?.pid)
      #expect(
        run.errorLines.filter { $0.hasPrefix("==>") } == ["==> events/a.json <==", "==> events/b.json <=="])
      #expect(run.errorLines.filter { $0.contains("Init Duration") }.count == 1)
    }
  }

  @Test("exits with the worst status of several named events")
  func worst() async throws {
    try await CommandRun.Package.with(function: echo) { package in
      for status in ["200", "404", "202"] { try package.write("\(status).json", #"{"statusCode":\#(status)}"#) }
      let run = try await package.run("invoke", "200.json", "404.json", "202.json")
      #expect(run.status == 1)
      #expect(!run.error.contains("README"))
    }
  }

  @Test(
    "fails with --all for an event that did something other than its row says, or has no row",
    arguments: [
      (["a.json": "200"], #"{"statusCode":400}"#, "events/a.json: 400 instead of 200"),
      (["a.json": "400"], #"{"statusCode":200}"#, "events/a.json: 200 instead of 400"),
      (["a.json": "error"], #"{"statusCode":200}"#, "events/a.json: 200 instead of function error"),
      (["a.json": "200"], "[]", "events/a.json: a payload that is not a proxy response instead of 200"),
      (["b.json": "200"], #"{"statusCode":200}"#, "events/a.json: 200, and events/README.md has no row for it"),
    ])
  func differences(rows: [String: String], answer: String, line: String) async throws {
    try await CommandRun.Package.with(function: "serve(lambda event: event)") { package in
      try package.write("events/a.json", answer)
      try package.write("events/README.md", Self.table(rows))
      let run = try await package.run("invoke", "--all")
      #expect(run.status == 1)
      #expect(run.errorLines.suffix(2).first == "apigw-batch: \(line)")
      #expect(run.errorLines.last?.hasPrefix("apigw-batch: 1 event: 1 not as events/README.md says") == true)
    }
  }

  @Test("a function that dies doesn't match the function error of a row")
  func otherError() async throws {
    try await CommandRun.Package.with(function: "serve(lambda event: sys.exit(5))") { package in
      try package.write("events/a.json", "{}")
      try package.write("events/README.md", Self.table(["a.json": "error"]))
      let run = try await package.run("invoke", "--all")
      #expect(run.status == 1)
      #expect(run.error.contains("events/a.json: Runtime.ExitError instead of function error"))
    }
  }

  @Test("runs events outside a clone, by their paths")
  func outside() async throws {
    try await CommandRun.Package.with(function: echo) { package in
      try package.write("event.json", #"{"statusCode":200}"#)
      let folder = package.directory.appending(path: "elsewhere")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // Without this file, the folder is not a clone.
      try FileManager.default.removeItem(at: package.directory.appending(path: "Package.swift"))
      for path in [package.directory.appending(path: "event.json").path, "../event.json"] {
        let run = try await package.invoke([path], in: folder)
        #expect(run.status == 0)
        #expect(run.output == #"{"statusCode":200}"# + "\n")
      }
      let missing = try await package.invoke([], in: folder)
      #expect(missing.status == 64)
      #expect(missing.error == "apigw-batch: no event given; name an event file, or - for standard input\n")
      let wrong = try await package.invoke(
        ["../event.json"], environment: ["APIGW_BATCH_FUNCTION": "/missing"], in: folder)
      #expect(wrong.status == 64)
      #expect(
        wrong.error
          == "apigw-batch: APIGW_BATCH_FUNCTION is not an executable file: /missing; run: unset APIGW_BATCH_FUNCTION\n"
      )
      let all = try await package.invoke(["--all"], in: folder)
      #expect(all.status == 64)
      #expect(all.error.hasSuffix("/elsewhere is not inside a clone of apigw-batch; change to one\n"))
      let serve = try await package.run(["serve"], [:], input: "", built: true, in: folder)
      #expect(serve.status == 64)
      #expect(
        serve.error.hasSuffix(
          "/elsewhere is not inside a clone of apigw-batch; change to one, or name a template with --template\n"))
    }
  }

  @Test("reports a function that dies, and exits with 2")
  func functionError() async throws {
    try await CommandRun.Package.with(function: "serve(lambda event: sys.exit(5))") { package in
      let run = try await package.run("invoke", "-", input: "{}")
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(run.errorLines.last?.hasPrefix("Runtime.ExitError: RequestId: ") == true)
      #expect(run.errorLines.last?.hasSuffix("Runtime exited with error: exit status 5") == true)
    }
  }

  @Test("kills a function at the time limit, and exits with 2")
  func timeout() async throws {
    try await CommandRun.Package.with(function: "serve(lambda event: signal.pause())") { package in
      let run = try await package.run("invoke", "-", "--timeout", "1", input: "{}")
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(run.error.contains("Status: timeout"))
      #expect(run.errorLines.last?.contains(#/Task timed out after \d\.\d\d seconds$/#) == true)
    }
  }

  @Test("gives the function the embedded Batch and demo keys, never the user's own")
  func demoKeys() async throws {
    let environment = ["AWS_ACCESS_KEY_ID": "AKIAMINE", "AWS_SECRET_ACCESS_KEY": "mine", "AWS_REGION": "eu-west-1"]
    for arguments in [[], ["--batch-endpoint", "http://127.0.0.1:9"]] {
      let seen = try await seenVariables(environment, arguments)
      #expect(seen["AWS_ACCESS_KEY_ID"] == "AKIAIOSFODNN7EXAMPLE")
      #expect(seen["AWS_REGION"] == "us-east-1")
      let endpoint = try #require(seen["AWS_ENDPOINT_URL_BATCH"])
      if let given = arguments.last { #expect(endpoint == given) }
      #expect(endpoint.hasPrefix("http://127.0.0.1:"))
    }
  }

  @Test("passes on the function's settings and limits")
  func settings() async throws {
    let environment = [
      "ALLOWED_JOB_QUEUES": "team-*", "CORS_ALLOW_ORIGIN": "https://example.com", "AWS_CA_BUNDLE": "ca.pem",
      "OTHER": "x",
    ]
    let seen = try await seenVariables(environment, ["--memory", "256"])
    #expect(seen["ALLOWED_JOB_QUEUES"] == "team-*")
    #expect(seen["CORS_ALLOW_ORIGIN"] == "https://example.com")
    #expect(seen["AWS_CA_BUNDLE"]?.hasPrefix("/") == true)
    #expect(seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "256")
    #expect(seen["OTHER"] == nil)
  }

  @Test(
    "wrong usage is one line that says how to fix it, and exits with 64",
    arguments: [
      [], ["missing.json"], ["bad.json"], ["."], ["--all"], ["--all", "e.json"], ["e.json", "--timeout", "0"],
      ["e.json", "--timeout", "901"], ["e.json", "--memory", "64"],
      ["e.json", "--batch", "aws", "--batch-endpoint", "http://127.0.0.1:9"],
      ["e.json", "--batch-endpoint", "localhost"],
      ["e.json", "--batch-endpoint", "ftp://localhost"], ["e.json", "--batch", "aws", "--queue", "q"], ["-", "-"],
    ])
  func usage(arguments: [String]) async throws {
    try await CommandRun.Package.with(function: echo) { package in
      try package.write("e.json", "{}")
      try package.write("bad.json", "{'statusCode': 200}")
      let run = try await package.invoke(arguments)
      #expect(run.status == 64)
      #expect(run.output.isEmpty)
      #expect(run.errorLines.count == 1)
      #expect(run.error.hasPrefix("apigw-batch: "))
      #expect(run.error.contains(#/; (run:|use|check) /#))
    }
  }

  @Test(
    "an event that can't be read is reported with the reason and a remedy",
    arguments: [
      ("nope.json", "can't read nope.json: No such file or directory; check the path"),
      (".", "can't read .: it is not a file; check the path"),
      ("-", "standard input is not JSON: unexpected end at byte 0; name an event file"),
    ])
  func unreadable(file: String, message: String) async throws {
    try await CommandRun.Package.with(function: echo) { package in
      let run = try await package.invoke([file])
      #expect(run.status == 64)
      #expect(run.error == "apigw-batch: \(message)\n")
    }
  }

  @Test("a function that isn't built is reported in the bootstrap's one line, and exits with 64")
  func notBuilt() async throws {
    try await CommandRun.Package.with(function: echo) { package in
      let run = try await package.run("invoke", "-", input: "{}", built: false)
      #expect(run.status == 64)
      #expect(run.error == "bootstrap: the function is not built; run: make build\n")
      let wrong = try await package.run("invoke", "-", environment: ["APIGW_BATCH_FUNCTION": "/missing"], input: "{}")
      #expect(wrong.status == 64)
      #expect(wrong.errorLines.count == 1)
      #expect(wrong.error.hasSuffix("/missing; run: unset APIGW_BATCH_FUNCTION\n"))
    }
  }

  @Test("an interruption kills the function, and exits with 130")
  func interruption() async throws {
    let script = "serve(lambda event: (print('pid', os.getpid(), file=sys.stderr, flush=True), signal.pause()))"
    try await CommandRun.Package.with(function: script) { package in
      try package.write("e.json", "{}")
      let result = try await Subprocess.run(
        package.command(["invoke", "--timeout", "900", "e.json"]), input: .none, output: .discarded, error: .sequence
      ) { execution in
        var pid: Int32?
        for try await line in execution.standardError.strings() where line.hasPrefix("pid ") {
          pid = Int32(line.dropFirst(4).filter(\.isNumber))
          try execution.send(signal: .interrupt)
        }
        return pid
      }
      #expect(result.terminationStatus == .exited(130))
      let pid = try #require(result.closureResult)
      #expect(kill(pid, 0) == -1 && errno == ESRCH)
    }
  }

  /// A table of events as in `events/README.md`, with a status for each file.
  private static func table(_ rows: [String: String]) -> String {
    "# Events\n\n| File | Status | What it shows |\n|---|---|---|\n"
      + rows.map { "| `\($0)` | \($1) | something |\n" }.joined()
  }

  /// The function's environment.
  private func seenVariables(
    _ environment: [String: String], _ arguments: [String]
  ) async throws -> [String: String] {
    let script = "serve(lambda event: json.dumps(dict(os.environ)).encode())"
    return try await CommandRun.Package.with(function: script) { package in
      try package.write("e.json", "{}")
      let run = try await package.invoke(["e.json"] + arguments, environment: environment)
      #expect(run.status == 0)
      return try JSONDecoder().decode([String: String].self, from: Data(run.output.utf8))
    }
  }
}
