internal import Foundation
internal import JSONTree

/// The `statusCode` in the output of a mock integration's request template.
struct MockStatus: Hashable, Sendable {
  /// The status code. It may be any integer, because it only selects a response.
  let code: Int

  /// Parses the output; nil without a status code.
  ///
  /// AWS accepts more than JSON: unquoted names, as in the `{statusCode: 200}` that the CDK generates, both kinds of
  /// quotes, and superfluous commas. The syntax follows LocalStack's parser, which was verified against AWS.
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

  /// Whether an opening bracket or quote is closed at the end.
  private static func isClosed(_ text: String) -> Bool {
    let ends: [Character: Character] = ["{": "}", "[": "]", "'": "'", "\"": "\""]
    guard let first = text.first, let end = ends[first] else { return true }
    return text.count > 1 && text.last == end
  }
}
