internal import Batch
internal import Platform
internal import ProxyEvents
internal import SigV4

/// Who is a job's submitter, and who may see and cancel it: `SUBMITTER_TAG` and `JOBS_SEEN_BY`.
struct Ownership {
  /// The key of the tag; nil if jobs get none.
  private let key: String?
  /// Whether callers see and cancel only their own jobs.
  private let isPrivate: Bool

  /// Throws if one of the variables has an unusable value.
  init(environment: Environment) throws(EnvironmentError) {
    key = environment["SUBMITTER_TAG"]
    if let key, !Self.isKey(key) {
      throw EnvironmentError(
        "SUBMITTER_TAG",
        "\(key.quoted) can't be the key of a tag: use 1 to 128 letters, digits, spaces and + - = . _ : / @, and don't "
          + "begin with aws: or apigw-batch:")
    }
    switch environment["JOBS_SEEN_BY"] {
    case nil, "everyone": isPrivate = false
    case "submitter": isPrivate = true
    case let text?:
      throw EnvironmentError("JOBS_SEEN_BY", "must be everyone or submitter, not \(text.quoted); fix it or unset it")
    }
    if isPrivate, key == nil {
      throw EnvironmentError(
        "SUBMITTER_TAG", "is not set, but JOBS_SEEN_BY is submitter: set it to the key of a tag, such as submitted-by")
    }
  }

  /// A reminder for the function's owner, for the log at startup; nil if there is nothing to say.
  var warning: String? {
    guard isPrivate else { return nil }
    return "JOBS_SEEN_BY=submitter: callers whom no authorizer identifies can't read, list or cancel jobs"
  }

  /// The tag for a job that is submitted; nil if jobs get none.
  func tag(for request: ProxyRequest) -> SubmitterTag? {
    key.map { SubmitterTag(key: $0, value: request.caller.map(Principal.tagValue)) }
  }

  /// The tag of the jobs that the sender of a request may see; nil for all jobs.
  func owner(_ request: ProxyRequest) throws(Failure) -> SubmitterTag? {
    guard isPrivate else { return nil }
    guard let tag = tag(for: request), tag.value != nil else { throw .policy(.unknownCaller) }
    return tag
  }

  private static func isKey(_ key: String) -> Bool {
    let lowercased = key.utf8.map(\.asciiLowercased)
    return key.utf8.count <= 128 && key.utf8.allSatisfy(\.mayStandInTag) && key.utf8.first != UInt8(ascii: " ")
      && key.utf8.last != UInt8(ascii: " ") && !lowercased.starts(with: "aws:".utf8)
      && !lowercased.starts(with: "apigw-batch:".utf8)
  }
}

/// A caller's identity as the value of a tag.
enum Principal {
  private static let longestValue = 256

  /// The value: different for different callers.
  ///
  /// It is the identity as it is, such as `principal alice`, or an IAM ARN alone. One that a tag can't hold, or that
  /// looks like one of these, is `b64:` and its base64url, or if that is too long, `sha256:` and its digest.
  static func tagValue(_ caller: String) -> String {
    var text = caller
    // No other kind of identity begins with it.
    if caller.utf8.starts(with: "arn arn:".utf8) { text = String(Substring(caller.utf8.dropFirst(4))) }
    let bytes = Array(text.utf8)
    let isPlain =
      bytes.count <= longestValue && bytes.allSatisfy(\.mayStandInTag) && bytes.last != UInt8(ascii: " ")
      && !bytes.starts(with: "b64:".utf8) && !bytes.starts(with: "sha256:".utf8)
    if isPlain { return text }
    let encoded = "b64:" + bytes.base64URL
    return encoded.utf8.count <= longestValue ? encoded : "sha256:" + SHA256().digest(bytes).base64URL
  }
}

extension UInt8 {
  /// Whether AWS allows the character in a tag's key and value. It allows other letters as well, not needed here.
  fileprivate var mayStandInTag: Bool { isAlphanumeric || " +-=._:/@".utf8.contains(self) }
}
