internal import Foundation

/// The directory of this package: where `bootstrap`, the builds and the sample events are.
struct PackageRoot: Equatable {
  /// The directory's absolute path.
  let path: String

  /// The nearest directory, from one upwards, that holds `bootstrap` and `Package.swift`.
  static func containing(_ directory: String) throws(UsageError) -> PackageRoot {
    var url = URL(fileURLWithPath: directory).standardizedFileURL
    while true {
      let marks = ["bootstrap", "Package.swift"].map { url.appendingPathComponent($0).path }
      if marks.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) { return PackageRoot(path: url.path) }
      guard url.path != "/" else {
        throw UsageError("\(directory) is not inside a clone of apigw-batch; type: cd <the clone>")
      }
      url.deleteLastPathComponent()
    }
  }

  /// The executable that stands for Lambda's `bootstrap`.
  var bootstrap: String { path + "/bootstrap" }

  /// The template that is deployed.
  var template: String { path + "/template.yaml" }

  /// The prices that a comparison takes.
  var prices: String { path + "/docs/prices.json" }

  /// The files of the package that a comparison reads or runs.
  var comparisonInputs: [String] { [template, path + "/examples/direct-minimal.yaml", prices, bootstrap] }

  /// The sample events in alphabetical order.
  func sampleEvents() throws(UsageError) -> [String] {
    let directory = path + "/events"
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    let events = files.filter { $0.hasSuffix(".json") }.map { "\(directory)/\($0)" }
    guard !events.isEmpty else { throw UsageError("no events in \(directory); type: git checkout events") }
    return events
  }
}
