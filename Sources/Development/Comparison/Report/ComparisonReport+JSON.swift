internal import Foundation

extension ComparisonReport {
  /// The report as JSON, its members sorted, with a newline at its end; `docs/comparison.schema.json` describes it.
  ///
  /// Throws an `EncodingError` for a number that JSON has not, such as infinity.
  package var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }
}
