internal import RawJSON

/// The headers in use, found in one pass over an event's `headers`, or over `multiValueHeaders` if that is what it has.
struct RequestHeaders {
  /// The value of Content-Type: the single one, or the last of several, as API Gateway picks it.
  private(set) var contentType: String?
  /// The values of Idempotency-Key. Unlike for other headers, several values matter: which one counts isn't up to the
  /// sender of the event.
  private(set) var idempotencyKeys: [String] = []

  init(_ members: JSONObject) throws(JSONError) {
    if let headers = try members["headers"]?.object() {
      for header in headers.members {
        if contentType == nil, header.isNamed(inAnyCase: "Content-Type") {
          if header.value.kind != .null { contentType = try header.value.string() }
        } else if header.isNamed(inAnyCase: "Idempotency-Key"), header.value.kind != .null {
          idempotencyKeys.append(try header.value.string())
        }
      }
    }
    // A REST API has both maps: only the second one tells a single key from several.
    guard contentType == nil || !idempotencyKeys.isEmpty || members["headers"] == nil else { return }
    guard let headers = try members["multiValueHeaders"]?.object() else { return }
    let single = contentType
    var keys: [String] = []
    for header in headers.members where header.value.kind != .null {
      if single == nil, contentType == nil, header.isNamed(inAnyCase: "Content-Type") {
        contentType = try header.value.array().last?.string()
      } else if header.isNamed(inAnyCase: "Idempotency-Key") {
        for value in try header.value.array() { keys.append(try value.string()) }
      }
    }
    if !keys.isEmpty { idempotencyKeys = keys }
  }

  /// The values of a header that few requests need, found in a pass of its own.
  static func values(of name: StaticString, in members: JSONObject) -> [String] {
    guard let map = members["multiValueHeaders"] ?? members["headers"], let headers = try? map.object() else {
      return []
    }
    var values: [String] = []
    for header in headers.members where header.isNamed(inAnyCase: name) {
      for value in (try? header.value.array()) ?? [header.value] {
        if let text = try? value.string() { values.append(text) }
      }
    }
    return values
  }
}
