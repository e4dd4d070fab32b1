internal import Foundation

/// JSON as tests read and write it, by Foundation and so independent of the function's own reader.
package enum JSONText {
  /// The members of a JSON object, empty when the text is anything else.
  package static func object(_ text: some Sequence<UInt8>) -> [String: Any] {
    let value = try? JSONSerialization.jsonObject(with: Data(text))
    return value as? [String: Any] ?? [:]
  }

  /// The text of an object.
  package static func bytes(_ object: [String: Any]) -> [UInt8] {
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return data.map { Array($0) } ?? []
  }
}
