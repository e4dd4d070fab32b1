internal import Foundation
internal import JSONTree
internal import VelocityTemplate

/// `$util` in a mapping template.
///
/// See [Variables for data transformations](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference).
final class TemplateUtilities: VelocityObject {
  /// The limit of a template's output in bytes.
  private let limit = TemplateLimits().length

  var text: String { "$util" }

  func property(_ name: String) -> VelocityValue { .null }

  /// Calls a method. A null argument yields null.
  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    guard Self.methods.contains(method) else { throw .unknown }
    guard arguments.count == 1 else { throw .arguments }
    if arguments[0].isNull { return .null }
    let text = try arguments[0].text(within: limit)
    switch method {
    case "escapeJavaScript": return .string(text.escapedForJavaScript)
    case "urlEncode": return .string(FormURL.encode(text))
    case "urlDecode":
      guard let decoded = FormURL.decode(text) else {
        throw MethodError("got a % without two hexadecimal digits; pass it an encoded text")
      }
      return .string(decoded)
    case "base64Encode": return .string(Data(text.utf8).base64EncodedString())
    case "base64Decode": return .string(try Self.decodeBase64(text))
    default: return try Self.parse(text)
    }
  }

  private static let methods: Set<String> = [
    "escapeJavaScript", "parseJson", "urlEncode", "urlDecode", "base64Encode", "base64Decode",
  ]

  /// Accepts the URL-safe alphabet, and missing padding. Invalid UTF-8 becomes U+FFFD.
  private static func decodeBase64(_ text: String) throws(MethodError) -> String {
    var text = text.replacing("-", with: "+").replacing("_", with: "/")
    while text.hasSuffix("=") { text.removeLast() }
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: text) else {
      throw MethodError("got text that isn't Base64; pass it an encoded text")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func parse(_ text: String) throws(MethodError) -> VelocityValue {
    do {
      return VelocityValue(try JSON(parsing: Array(text.utf8)))
    } catch {
      throw MethodError("got text that isn't JSON (\(error)); pass it a whole document")
    }
  }
}

extension String {
  /// Escapes like `escapeJavaScript` of Apache Commons Lang: quotes, backslashes and slashes get a backslash, and
  /// UTF-16 units other than printable ASCII become escapes.
  var escapedForJavaScript: String {
    var result = ""
    for unit in utf16 {
      switch unit {
      case 0x08: result += "\\b"
      case 0x09: result += "\\t"
      case 0x0a: result += "\\n"
      case 0x0c: result += "\\f"
      case 0x0d: result += "\\r"
      case 0x22, 0x27, 0x2f, 0x5c: result += "\\\(Character(UnicodeScalar(UInt8(unit))))"
      case 0x20...0x7f: result.unicodeScalars.append(UnicodeScalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result
  }
}
