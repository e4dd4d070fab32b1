/// Ids in the style of AWS. They are derived from a name, so that they are the same in every run.
package enum StableID {
  /// An id of lower-case letters and digits.
  package static func of(_ name: String, length: Int) -> String {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 36)
    return String((String(repeating: "0", count: length) + digits).suffix(length))
  }
}
