internal import CCrypto
internal import Platform

/// SHA-256 and HMAC-SHA-256 on libcrypto.
///
/// The algorithm is fetched once, because a fetch costs more than a short digest.
package final class SHA256 {
  /// The size of a digest, in bytes.
  static let digestSize = 32
  private static let blockSize = 64

  private let fetched: OpaquePointer?
  private let algorithm: OpaquePointer?
  private let context: OpaquePointer?

  package init() {
    fetched = EVP_MD_fetch(nil, "SHA256", nil)
    algorithm = fetched ?? EVP_sha256()
    context = EVP_MD_CTX_new()
  }

  deinit {
    EVP_MD_CTX_free(context)
    EVP_MD_free(fetched)
  }

  /// The digest of a prefix followed by more bytes.
  package func digest(prefix: [UInt8] = [], _ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.digestSize) { output, count in
      EVP_DigestInit_ex2(context, algorithm, nil)
      if !prefix.isEmpty { EVP_DigestUpdate(context, prefix, prefix.count) }
      EVP_DigestUpdate(context, bytes, bytes.count)
      // On failure an empty digest, not uninitialized memory: a signature over it is rejected.
      count = EVP_DigestFinal_ex(context, output.baseAddress, nil) == 1 ? Self.digestSize : 0
    }
  }

  /// The keyed digest of RFC 2104.
  func hmac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    var block = key.count > Self.blockSize ? digest(key) : key
    block.append(contentsOf: repeatElement(0, count: Self.blockSize - block.count))
    let inner = digest(prefix: block.map { $0 ^ 0x36 }, message)
    return digest(prefix: block.map { $0 ^ 0x5c }, inner)
  }
}

extension [UInt8] {
  /// The bytes in lower-case hexadecimal.
  var hexadecimal: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 2 * count) { text, length in
      for byte in self {
        text[length] = UInt8(hexadecimalDigit: byte >> 4)
        text[length + 1] = UInt8(hexadecimalDigit: byte & 0x0f)
        length += 2
      }
    }
  }
}
