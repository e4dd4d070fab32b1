import Foundation

@testable import Comparison

/// The price file of the repository.
enum Prices {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../docs/prices.json").standardized.path

  /// The list, freshly read.
  static func list() throws -> PriceList { try PriceList(contentsOf: path) }

  /// The list, with a text in its file replaced by another.
  static func list(replacing old: String, with new: String) throws -> PriceList {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard text.contains(old) else { throw CocoaError(.formatting) }
    return try PriceList(parsing: Array(text.replacing(old, with: new).utf8), from: "prices.json")
  }
}
