extension [UInt8] {
  /// The bytes in the base64url of [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-5), without padding.
  package var base64URL: String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in self {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[bits >> count & 0x3f])
      }
      bits &= 1 << count - 1
    }
    if count > 0 { text.append(digits[bits << (6 - count) & 0x3f]) }
    return String(decoding: text, as: UTF8.self)
  }
}
