extension String {
  /// The text without the ARNs of IAM and STS in it, which name accounts, roles and users: not for a caller.
  var redactingIdentityARNs: String {
    var text = ""
    var rest = self[...]
    while let start = rest.indices.first(where: { rest[$0...].hasPrefix("arn:") }) {
      text += rest[..<start]
      let arn = rest[start...].prefix { !" \t\r\n\"',;()<>[]{}".contains($0) }
      let service = arn.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(2).first
      text += service == "iam" || service == "sts" ? "[redacted]" : arn
      rest = rest[arn.endIndex...]
    }
    return text + rest
  }
}
