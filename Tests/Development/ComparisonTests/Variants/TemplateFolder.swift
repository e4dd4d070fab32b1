import Foundation
import Testing

@testable import Comparison

/// The package's directory.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../..").standardizedFileURL.path

/// Writes a SAM template, and a function next to it if there is one, and removes both when `body` returns.
func withTemplate<Value: Sendable>(
  _ template: String, function: String? = nil, _ body: (_ path: String) async throws -> Value
) async throws -> Value {
  let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  if let function {
    let bootstrap = directory.appending(path: "bootstrap")
    try Data(function.utf8).write(to: bootstrap)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bootstrap.path)
  }
  let file = directory.appending(path: "mine.yaml")
  try Data(template.utf8).write(to: file)
  return try await body(file.path)
}

/// Runs the matrix of a SAM template's variants.
func matrix(
  of template: String, function: String? = nil, cases: [MatrixCase] = MatrixCase.all
) async throws -> BehaviourMatrix.Result {
  try await withTemplate(template, function: function) { path in
    try await withLocalVariants(try TemplateVariant.all(in: path)) { variants in
      await BehaviourMatrix(variants, cases: cases).run()
    }
  }
}

extension [MatrixCase] {
  /// The good submit and the cases with these names.
  static func named(_ names: String...) -> [MatrixCase] {
    MatrixCase.all.filter { names.contains($0.name) || $0.name == SubmitCase.good.name }
  }
}
