extension API {
  /// The id of an API: 10 lower-case letters and digits, as API Gateway's are, always the same for one logical id.
  static func id(_ logicalID: String) -> String {
    // FNV-1a, for Swift's own hash is another one in every process.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in logicalID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 36)
    return String((String(repeating: "0", count: 10) + digits).suffix(10))
  }
}
