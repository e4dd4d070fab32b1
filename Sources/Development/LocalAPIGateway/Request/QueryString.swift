internal import Foundation

/// The parameters of a query, decoded.
struct QueryString {
  /// The names in the order in which they first stand in the query, each with all its values.
  let parameters: [(name: String, values: [String])]

  /// Reads a query as it was sent, without the `?`: `+` is a space, and a bad percent-escape stays as it is.
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
