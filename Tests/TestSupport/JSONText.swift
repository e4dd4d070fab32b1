internal import Foundation

/// Reads and writes JSON for tests with Foundation, independently of the function's own parser.
package enum JSONText {
  /// The members of a JSON object; empty if the text is not one.
  package static func object(_ text: some Sequence<UInt8>) -> [String: Any] {
    let value = try? JSONSerialization.jsonObject(with: Data(text))
    return value as? [String: Any] ?? [:]
  }

  /// An object as JSON text.
  package static func bytes(_ object: [String: Any]) -> [UInt8] {
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return data.map { Array($0) } ?? []
  }
}
