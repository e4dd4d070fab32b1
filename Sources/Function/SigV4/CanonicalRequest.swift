internal import Glibc
package import Platform

/// The parts of an HTTP request that a signature covers.
///
/// See [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
package struct CanonicalRequest: Sendable {
  /// The HTTP method, in upper case.
  package var method: String
  /// The path in canonical form: every segment percent-encoded twice, for every service except S3.
  package var canonicalPath: String
  /// The query in canonical form: names and values percent-encoded, then sorted.
  package var canonicalQuery: String
  /// The headers to sign, in any case and order, with their values as sent. They must include `host`.
  package var headers: [HTTPHeader]
  /// The lower-case hexadecimal SHA-256 of the body.
  package var payloadHash: [UInt8]

  /// A request from its canonical parts.
  package init(
    method: String, canonicalPath: String, canonicalQuery: String = "", headers: [HTTPHeader], payloadHash: [UInt8]
  ) {
    self.method = method
    self.canonicalPath = canonicalPath
    self.canonicalQuery = canonicalQuery
    self.headers = headers
    self.payloadHash = payloadHash
  }

  /// The text that is hashed, and the `SignedHeaders` list that names its headers.
  func canonicalForm() -> (text: [UInt8], signedHeaders: [UInt8]) {
    var lines = headers.map { (name: Array($0.name.utf8.map(\.asciiLowercased)), value: $0.value) }
    lines.sort { $0.name.lexicographicallyPrecedes($1.name) }
    var text: [UInt8] = []
    text.reserveCapacity(1024)
    text.append(line: method.utf8)
    text.append(line: canonicalPath.utf8)
    text.append(line: canonicalQuery.utf8)
    var signedHeaders: [UInt8] = []
    for (index, header) in lines.enumerated() {
      let repeats = index > 0 && lines[index - 1].name == header.name
      if repeats {
        text[text.count - 1] = UInt8(ascii: ",")
      } else {
        if index > 0 { signedHeaders.append(UInt8(ascii: ";")) }
        signedHeaders += header.name
        text += header.name
        text.append(UInt8(ascii: ":"))
      }
      text.append(trimmed: header.value)
      text.append(UInt8(ascii: "\n"))
    }
    text.append(UInt8(ascii: "\n"))
    text.append(line: signedHeaders)
    text += payloadHash
    return (text, signedHeaders)
  }
}

extension [UInt8] {
  fileprivate mutating func append(line: some Sequence<UInt8>) {
    append(contentsOf: line)
    append(UInt8(ascii: "\n"))
  }

  /// Appends a header's value without surrounding spaces, and with each inner run of spaces folded into one.
  fileprivate mutating func append(trimmed value: String) {
    let space = UInt8(ascii: " ")
    var value = value
    let isPlain = value.withUTF8 { text in
      // A session token is long, and a byte-by-byte search costs as much as its hash.
      guard let start = text.baseAddress, memchr(start, Int32(space), text.count) == nil else { return text.isEmpty }
      append(contentsOf: text)
      return true
    }
    if isPlain { return }
    let start = count
    for byte in value.utf8 {
      if byte == space && (count == start || last == space) { continue }
      append(byte)
    }
    if count > start && last == space { removeLast() }
  }
}
