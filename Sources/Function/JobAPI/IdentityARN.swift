internal import Platform

extension String {
  /// The text with IAM and STS ARNs redacted, because callers must not see names of accounts, roles and users.
  var redactingIdentityARNs: String {
    var text: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.first {
      if rest.startsWithIdentityARN {
        text += "[redacted]".utf8
        rest = rest.drop(while: \.mayStandInARN)
      } else {
        text.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// Whether these bytes begin with `arn:`, a partition, and the service `iam` or `sts`.
  fileprivate var startsWithIdentityARN: Bool {
    guard starts(with: "arn:".utf8) else { return false }
    let service = dropFirst(4).drop { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
    guard service.starts(with: ":iam".utf8) || service.starts(with: ":sts".utf8) else { return false }
    return service.dropFirst(4).first?.isAlphanumeric != true
  }
}

extension UInt8 {
  /// Whether IAM allows the character in a name or a path, or it separates the parts of an ARN.
  fileprivate var mayStandInARN: Bool {
    isAlphanumeric || self >= 0x80 || "+=,.@-_/:*".utf8.contains(self)
  }
}
