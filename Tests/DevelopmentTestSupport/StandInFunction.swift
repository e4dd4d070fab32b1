package import Foundation
package import LocalLambda
internal import SigV4

/// A function in Python, in its own directory, that tests start instead of the real one.
package enum StandInFunction {
  /// Writes a script that starts with `prelude`, and removes it after `body`.
  package static func withScript<Value: Sendable>(
    _ script: String, timeout: Duration = .seconds(120), _ body: (FunctionConfiguration) async throws -> Value
  ) async throws -> Value {
    try await withDirectory(script) { directory in
      var configuration = FunctionConfiguration(
        name: "apigw-batch", bootstrap: bootstrap.path, taskRoot: directory.path, region: "us-east-1",
        credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
      configuration.timeout = timeout
      // Python starts slowly while the machine is building.
      configuration.initTimeout = .seconds(120)
      return try await body(configuration)
    }
  }

  /// Makes a directory for a template's `CodeUri`, with the script and the `bootstrap` that runs it.
  package static func withDirectory<Value: Sendable>(
    _ script: String, _ body: (URL) async throws -> Value
  ) async throws -> Value {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data((prelude + script + "\n").utf8).write(to: directory.appending(path: "function.py"))
    try FileManager.default.createSymbolicLink(
      at: directory.appending(path: "bootstrap"), withDestinationURL: bootstrap)
    return try await body(directory)
  }

  private static let bootstrap = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "stand-in")

  /// Calls of the Runtime API: `Event()`, `post(path, body, headers)`, `respond(event, value)`; and `answers`, the
  /// responses to them.
  private static let prelude = """
    import json, os, signal, subprocess, sys, time, urllib.error, urllib.request
    runtime = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"
    answers = []

    def call(path, body=None, headers={}):
        request = urllib.request.Request(runtime + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()

    class Event:
        def __init__(self):
            self.status, self.headers, self.body = call("invocation/next")
            self.id = self.headers.get("Lambda-Runtime-Aws-Request-Id")

    def post(path, body=b"", headers={}):
        status, _, body = call(path, body, headers)
        answers.append([status, body.decode()])

    def respond(event, value):
        post("invocation/%s/response" % event.id, json.dumps(value).encode())


    """
}

extension CompletedInvocation {
  /// The response, decoded from JSON; nil if the outcome is an error, or for another JSON value.
  package func response<Value: Decodable>(as type: Value.Type = Value.self) -> Value? {
    guard case .response(let bytes) = outcome else { return nil }
    return try? JSONDecoder().decode(type, from: Data(bytes))
  }

  /// The function error; nil if the outcome is a response.
  package var functionError: FunctionError? {
    guard case .functionError(let error) = outcome else { return nil }
    return error
  }
}
