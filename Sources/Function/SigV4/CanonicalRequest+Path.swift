internal import Platform

extension CanonicalRequest {
  /// The canonical form of a path as it is sent: every byte except unreserved ones and slashes is percent-encoded.
  /// This encodes existing escapes a second time, as every service except S3 requires.
  ///
  /// The path must not contain empty segments, `.` or `..`, because signers remove them.
  package static func canonicalPath(_ path: String) -> String {
    if path.isEmpty { return "/" }
    let digits: StaticString = "0123456789ABCDEF"
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      if byte.isUnreserved || byte == UInt8(ascii: "/") {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits.utf8Start[Int(byte >> 4)], digits.utf8Start[Int(byte & 0x0f)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
