import Foundation
import Subprocess
import SystemPackage

/// A run of the built command, as its own process in its own package directory, with a function in Python.
struct CommandRun {
  let status: Int32
  let output: String
  let error: String

  /// A directory that looks like the package's, with the real `bootstrap` and a function.
  struct Package {
    let directory: URL
    let function: URL

    /// Creates one, and removes it after `body`.
    static func with<Value>(function script: String, _ body: (Package) async throws -> Value) async throws -> Value {
      let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: directory) }
      let package = Package(directory: directory, function: directory.appending(path: "function"))
      let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
      try FileManager.default.copyItem(
        at: root.appending(path: "bootstrap"), to: directory.appending(path: "bootstrap"))
      try package.write("Package.swift", "")
      try package.write("function", prelude + script + "\n", executable: true)
      return try await body(package)
    }

    func write(_ name: String, _ text: String, executable: Bool = false) throws {
      let file = directory.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      if executable {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      }
    }

    /// Runs `apigw-batch` there, with only this environment.
    func run(
      _ arguments: String..., environment: [String: String] = [:], input: String = "", built: Bool = true
    ) async throws -> CommandRun {
      try await run(arguments, environment, input: input, built: built)
    }

    /// Runs `apigw-batch invoke` there, or in another folder.
    func invoke(
      _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil, built: Bool = true
    ) async throws -> CommandRun {
      try await run(["invoke"] + arguments, environment, input: "", built: built, in: folder)
    }

    /// Runs `apigw-batch` there, or in another folder.
    func run(
      _ arguments: [String], _ environment: [String: String], input: String, built: Bool, in folder: URL? = nil
    ) async throws -> CommandRun {
      let result = try await Subprocess.run(
        command(arguments, environment, built: built, in: folder),
        input: .string(input), output: .string(limit: 1 << 24), error: .string(limit: 1 << 24))
      let status =
        switch result.terminationStatus {
        case .exited(let status): status
        case .signaled(let signal): -signal
        }
      return CommandRun(status: status, output: result.standardOutput, error: result.standardError)
    }

    /// The command to run there.
    func command(
      _ arguments: [String], _ environment: [String: String] = [:], built: Bool = true, in folder: URL? = nil
    ) throws -> Subprocess.Configuration {
      // The command is in the same directory as the tests' executable.
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let command = URL(filePath: CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? tests)
        .deletingLastPathComponent().appending(path: "apigw-batch")
      var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": directory.path]
      if built { variables["APIGW_BATCH_FUNCTION"] = function.path }
      return Subprocess.Configuration(
        executable: .path(FilePath(command.path)), arguments: Arguments(arguments),
        environment: .custom(
          Dictionary(uniqueKeysWithValues: variables.merging(environment) { $1 }.map { (.init(stringLiteral: $0), $1) })
        ),
        workingDirectory: FilePath((folder ?? directory).path))
    }
  }

  /// The lines on standard error.
  var errorLines: [String] { error.split(separator: "\n").map(String.init) }

  /// Responds to each event with `answer(event)`, which receives and returns bytes.
  private static let prelude = """
    #!/usr/bin/env python3
    import json, os, signal, sys, urllib.request
    runtime = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"

    def serve(answer):
        while True:
            with urllib.request.urlopen(runtime + "next") as event:
                id, body = event.headers["Lambda-Runtime-Aws-Request-Id"], event.read()
            urllib.request.urlopen(runtime + id + "/response", data=answer(body)).close()


    """
}
