/// The parts of an AWS Signature Version 4 `Authorization` header.
struct AuthorizationHeader {
  /// The access key id, which precedes the credential scope.
  let accessKeyID: Substring
  /// The credential scope: date, region, service and terminator.
  let date, region, service, terminator: Substring
  /// The lower-case names of the signed headers, in the order listed.
  let signedHeaders: [Substring]
  /// The signature, in lower-case hexadecimal.
  let signature: Substring

  /// The only supported algorithm.
  static let algorithm = "AWS4-HMAC-SHA256"

  /// Parses the header's value. An error names every missing part, as AWS's does.
  init(parsing value: String) throws(SignatureError) {
    let words = value.split(separator: " ", maxSplits: 1)
    guard let algorithm = words.first, algorithm == Self.algorithm else {
      throw .incompleteSignature("Authorization header requires '\(Self.algorithm)'. Authorization=\(value)")
    }
    var parameters: [Substring: Substring] = [:]
    for parameter in words.dropFirst().joined().split(whereSeparator: { $0 == "," || $0 == " " }) {
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw .incompleteSignature(
          "'\(parameter)' not a valid key=value pair (missing equal-sign) in Authorization header: '\(value)'.")
      }
      parameters[pair[0]] = pair[1]
    }
    guard let credential = parameters["Credential"], let signedHeaders = parameters["SignedHeaders"],
      let signature = parameters["Signature"]
    else {
      let missing = ["Credential", "Signature", "SignedHeaders"].filter { parameters[$0[...]] == nil }
      let sentences = missing.map { "Authorization header requires '\($0)' parameter. " }.joined()
      throw .incompleteSignature("\(sentences)Authorization=\(algorithm)")
    }
    // An access key id contains no slash, so the scope is always the last four elements.
    let scope = credential.split(separator: "/", omittingEmptySubsequences: false)
    guard scope.count == 5 else {
      throw .incompleteSignature(
        "Credential must have exactly 5 slash-delimited elements, "
          + "e.g. keyid/date/region/service/term, got '\(credential)'")
    }
    (accessKeyID, date, region, service, terminator) = (scope[0], scope[1], scope[2], scope[3], scope[4])
    self.signedHeaders = signedHeaders.split(separator: ";")
    self.signature = signature
  }
}
