internal import Foundation
internal import JSONTree

/// The `statusCode` in what a mock integration's request template makes.
struct MockStatus: Hashable, Sendable {
  /// Any whole number: it's there to choose a response.
  let code: Int

  /// Nil when there is none.
  ///
  /// AWS takes more than JSON: names without quotes, as in the `{statusCode: 200}` that the CDK writes, quotes of both
  /// kinds, and commas too many. The form is that of LocalStack's reader, which was tried against AWS.
  init?(_ body: [UInt8]) {
    if let document = try? JSON(parsing: body) {
      guard case .number(let digits)? = document["statusCode"], let code = Int(digits) else { return nil }
      self.code = code
      return
    }
    let text = String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count > 2, text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    var code: Int?
    for member in text.dropFirst().dropLast().split(separator: ",") {
      let member = member.trimmingCharacters(in: .whitespacesAndNewlines)
      if member.isEmpty { continue }
      guard let colon = member.firstIndex(of: ":") else { return nil }
      let name = member[..<colon].trimmingCharacters(in: .whitespacesAndNewlines)
      let value = member[member.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
      if ["statusCode", "'statusCode'", "\"statusCode\""].contains(name) {
        guard let number = Int(value) else { return nil }
        code = number
      } else {
        guard Self.isName(name), Self.isClosed(value) else { return nil }
      }
    }
    guard let code else { return nil }
    self.code = code
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first else { return true }
    return first != "{" && first != "[" && (first != "'" && first != "\"" || isClosed(text))
  }

  /// Whether what opens is closed at the end.
  private static func isClosed(_ text: String) -> Bool {
    let ends: [Character: Character] = ["{": "}", "[": "]", "'": "'", "\"": "\""]
    guard let first = text.first, let end = ends[first] else { return true }
    return text.count > 1 && text.last == end
  }
}
