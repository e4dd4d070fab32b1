package import HTTPTransport
internal import Platform
internal import RawJSON

extension ServiceRefusal {
  /// The length, in characters, that a message is truncated to. The services' own are a sentence or two.
  private static let maximumMessageLength = 1000

  /// The longest Retry-After that is passed on, in seconds: no caller is asked to wait longer.
  private static let maximumRetryAfter = 300

  /// Reads an error by the rules of AWS's
  /// [restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization).
  package init(_ response: HTTPResponse) {
    let body = try? JSONValue(parsing: response.body).object()
    func text(_ names: String...) -> String? {
      for name in names { if let text = try? body?[name]?.string() { return text } }
      return nil
    }
    status = response.status
    let named = Self.shapeName(response[header: "x-amzn-ErrorType"] ?? "")
    code = named.isEmpty ? Self.shapeName(text("__type", "code") ?? "") : named
    message = (text("message", "Message", "errorMessage") ?? "").cut(to: Self.maximumMessageLength)
    retryAfter = response[header: "Retry-After"].flatMap(Self.seconds)
  }

  /// A number of seconds, capped; nil for a date or any other text.
  private static func seconds(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { return nil }
    // A number that overflows an Int is capped as well.
    return min(Int(text) ?? .max, maximumRetryAfter)
  }

  /// `aws.protocoltests#FooError:http://…` is `FooError`.
  private static func shapeName(_ text: String) -> String {
    let name = text.utf8.prefix { $0 != UInt8(ascii: ":") }
    let last = name.lastIndex(of: UInt8(ascii: "#")).map { name[name.index(after: $0)...] } ?? name
    // A shape name contains only letters and digits; anything else is kept out of the log.
    return last.count <= 128 && last.allSatisfy(\.isAlphanumeric) ? String(Substring(last)) : ""
  }
}
