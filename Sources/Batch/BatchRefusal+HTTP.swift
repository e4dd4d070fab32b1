public import HTTPTransport
internal import Platform
internal import RawJSON

extension BatchRefusal {
  /// Batch's messages have a sentence or two; more than so many characters of one are not passed on.
  private static let maximumMessageLength = 1000

  /// Reads an error by the rules of AWS's
  /// [restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization).
  public init(_ response: HTTPResponse) {
    let body = try? JSONValue(parsing: response.body).object()
    func text(_ names: String...) -> String? {
      for name in names { if let text = try? body?[name]?.string() { return text } }
      return nil
    }
    status = response.status
    code = Self.shapeName(response[header: "x-amzn-ErrorType"] ?? text("__type", "code") ?? "")
    message = (text("message", "Message", "errorMessage") ?? "").cut(to: Self.maximumMessageLength)
    retryAfter = response[header: "Retry-After"].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
  }

  /// `aws.protocoltests#FooError:http://…` is `FooError`.
  private static func shapeName(_ text: String) -> String {
    let name = text.prefix { $0 != ":" }
    let last = name.lastIndex(of: "#").map { name[name.index(after: $0)...] } ?? name
    // A name has letters and digits; whatever else stands there is not worth a line in the log.
    return last.utf8.count <= 128 && last.utf8.allSatisfy(\.isAlphanumeric) ? String(last) : ""
  }
}
