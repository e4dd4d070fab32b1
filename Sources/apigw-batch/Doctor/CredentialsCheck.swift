internal import Batch
internal import LocalAWS

/// What Batch's own answer says of credentials, and of the way to Batch.
struct CredentialsCheck {
  let place: BatchPlace
  /// Whether the keys are those of the environment's variables.
  let areInEnvironment: Bool

  /// What it means that Batch didn't say what it has.
  func finding(_ error: BatchInventoryError, asking action: String) -> Finding {
    switch error {
    case .unreachable(let reason):
      let reason = reason.hasPrefix(place.url) ? reason : "\(place.url): \(reason)"
      return .fail("Batch at \(reason)", type: place.remedy)
    case .unreadable(let reason):
      return .fail("Batch at \(place.url): what answers there is not Batch (\(reason))", type: place.remedy)
    case .misconfigured(let reason):
      // It begins with the variable's name, where one is at fault.
      let variable = reason.prefixMatch(of: #/([A-Z_]+):/#)?.output.1
      return .fail(reason, type: variable.map { "unset \($0)" } ?? "make libraries")
    case .refused(let refusal): return finding(refusal, asking: action)
    }
  }

  private func finding(_ refusal: BatchRefusal, asking action: String) -> Finding {
    let answer = [String(refusal.status), refusal.code, refusal.message].filter { !$0.isEmpty }.joined(separator: " ")
    switch refusal.meaning {
    case .accessDenied:
      return .fail(
        "credentials: they may not call batch:\(action), which is needed for this check alone (\(answer)); "
          + "to see whose they are", type: "aws sts get-caller-identity")
    case .throttled: return .fail("Batch is throttling (\(answer)); in a minute", type: Self.again)
    case .functionAtFault: return .fail("credentials: \(fault(refusal)) (\(answer))", type: remedy(refusal))
    case .badJob: return .fail("Batch refuses \(action) (\(answer))", type: place.aws("batch describe-job-queues"))
    case .unknown where refusal.status >= 500:
      return .fail("Batch at \(place.url) failed (\(answer)); in a minute", type: Self.again)
    case .unknown:
      return .fail("Batch at \(place.url): what answers there is not Batch (\(answer))", type: place.remedy)
    }
  }

  /// What a code of AWS's front door says of the credentials, or of the signature by them.
  private func fault(_ refusal: BatchRefusal) -> String {
    if Self.isAboutTime(refusal) { return "this machine's clock is wrong" }
    switch refusal.code {
    case "ExpiredToken", "ExpiredTokenException": return "they have expired"
    case "InvalidSignatureException", "SignatureDoesNotMatch":
      return refusal.message.contains("scoped to")
        ? "they sign for \(place.region), and Batch at \(place.url) is in another region"
        : "the secret key is not the access key's"
    case "InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException":
      return "the access key, or its session token, is not known"
    case "OptInRequired": return "the account is not signed up for Batch in this region"
    default: return "they are not accepted"
    }
  }

  private func remedy(_ refusal: BatchRefusal) -> String {
    if Self.isAboutTime(refusal) { return "sudo timedatectl set-ntp true" }
    if place.isDemo { return place.remedy }
    if refusal.message.contains("scoped to") { return place.variable.map { "unset \($0)" } ?? "aws configure list" }
    if areInEnvironment { return "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN" }
    return refusal.code.hasPrefix("ExpiredToken") ? "aws sso login" : "aws configure"
  }

  private static func isAboutTime(_ refusal: BatchRefusal) -> Bool {
    ["RequestExpired", "RequestTimeTooSkewed"].contains(refusal.code)
      || ["Signature expired", "Signature not yet current"].contains { refusal.message.hasPrefix($0) }
  }

  /// This command, once more.
  static let again = "swift run apigw-batch doctor"
}
