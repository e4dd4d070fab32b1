internal import Foundation

/// The parameters of a query, decoded.
struct QueryString {
  /// The names, in order of first occurrence, each with all its values.
  let parameters: [(name: String, values: [String])]

  /// Parses a query as sent, without the `?`. `+` means a space; text with an invalid percent-escape is left encoded.
  init(_ query: String?) {
    var parameters: [(name: String, values: [String])] = []
    var indexes: [String: Int] = [:]
    for parameter in (query ?? "").split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Self.decoded)
      let (name, value) = (parts[0], parts.count > 1 ? parts[1] : "")
      if let index = indexes[name] {
        parameters[index].values.append(value)
      } else {
        indexes[name] = parameters.count
        parameters.append((name, [value]))
      }
    }
    self.parameters = parameters
  }

  private static func decoded(_ text: Substring) -> String {
    let text = text.replacing("+", with: " ")
    return text.removingPercentEncoding ?? String(text)
  }
}
