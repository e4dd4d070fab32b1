internal import Foundation

/// The directory of this package, which contains `bootstrap`, the builds and the sample events.
package struct PackageRoot: Equatable {
  /// The directory's absolute path.
  package let path: String

  /// The package in a directory.
  package init(path: String) {
    self.path = path
  }

  /// Finds the nearest directory that contains `bootstrap` and `Package.swift`, starting at one and going upwards.
  package static func containing(_ directory: String) throws -> PackageRoot {
    var url = URL(fileURLWithPath: directory).standardizedFileURL
    while true {
      let marks = ["bootstrap", "Package.swift"].map { url.appendingPathComponent($0).path }
      if marks.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) { return PackageRoot(path: url.path) }
      guard url.path != "/" else {
        throw UsageError("\(directory) is not inside a clone of apigw-batch; change to one")
      }
      url.deleteLastPathComponent()
    }
  }

  /// The executable that Lambda calls `bootstrap`.
  package var bootstrap: String { path + "/bootstrap" }

  /// The template to deploy.
  package var template: String { path + "/template.yaml" }

  /// The tables with the expected outcome of each sample event.
  package var eventTable: String { path + "/events/README.md" }

  /// The prices that a comparison uses by default.
  package var prices: String { path + "/docs/prices.json" }

  /// The package's files that a comparison reads or runs.
  package var comparisonInputs: [String] { [template, path + "/examples/direct-minimal.yaml", prices, bootstrap] }

  /// The paths of the sample events, in alphabetical order.
  package func sampleEvents() throws -> [String] {
    let directory = path + "/events"
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    let events = files.filter { $0.hasSuffix(".json") }.map { "\(directory)/\($0)" }
    guard !events.isEmpty else { throw UsageError("no events in \(directory); run: git checkout events") }
    return events
  }
}
