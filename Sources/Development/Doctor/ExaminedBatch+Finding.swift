internal import AWSService
internal import Batch

/// Findings from Batch's errors about keys and endpoint.
extension ExaminedBatch {
  /// The finding for an error.
  func finding(_ error: BatchInventoryError, asking action: String) -> Finding {
    switch error {
    case .unreachable(let reason):
      return .fail("Batch at \(reason.hasPrefix(url) ? reason : "\(url): \(reason)")", run: remedy)
    case .unreadable(let reason): return notBatch(reason)
    case .refused(let refusal): return finding(refusal, asking: action)
    }
  }

  private func notBatch(_ reason: String) -> Finding {
    .fail("Batch at \(url): the server there is not Batch (\(reason))", run: remedy)
  }

  private func finding(_ refusal: ServiceRefusal, asking action: String) -> Finding {
    let response = [String(refusal.status), refusal.code, refusal.message].filter { !$0.isEmpty }.joined(separator: " ")
    switch refusal.meaning {
    case .accessDenied:
      return .fail(
        "credentials: not allowed to call batch:\(action), which only this check needs (\(response)); "
          + "check whose keys they are", run: "aws sts get-caller-identity")
    case .throttled: return .fail("Batch is throttling (\(response)); try again in a minute", run: again)
    case .functionAtFault:
      let (fault, command) = fault(refusal)
      return .fail("credentials: \(fault) (\(response))", run: command)
    case .badRequest: return .fail("Batch rejects \(action) (\(response))", run: aws("batch describe-job-queues"))
    case .unknown where refusal.status >= 500:
      return .fail("Batch at \(url) failed (\(response)); try again in a minute", run: again)
    case .unknown: return notBatch(response)
    }
  }

  /// The fault in the keys or their signature that an error code from AWS's front door reports, and the command to run.
  private func fault(_ refusal: ServiceRefusal) -> (String, command: String) {
    let isAboutTime =
      ["RequestExpired", "RequestTimeTooSkewed"].contains(refusal.code)
      || ["Signature expired", "Signature not yet current"].contains { refusal.message.hasPrefix($0) }
    if isAboutTime { return ("this machine's clock is wrong", "sudo timedatectl set-ntp true") }
    let unset = "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"
    let otherKeys = isDemo ? remedy : hasKeysOfEnvironment ? unset : "aws configure"
    switch refusal.code {
    case "ExpiredToken", "ExpiredTokenException":
      return ("expired", isDemo || hasKeysOfEnvironment ? otherKeys : "aws sso login")
    case "InvalidSignatureException", "SignatureDoesNotMatch":
      guard refusal.message.contains("scoped to") else {
        return ("the secret key doesn't belong to the access key", otherKeys)
      }
      return (
        "requests are signed for \(region), but Batch at \(url) is in another region",
        isDemo ? remedy : inventory.endpoint.variable.map { "unset \($0)" } ?? "aws configure list"
      )
    case "InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException":
      return ("the access key or its session token is unknown", otherKeys)
    case "OptInRequired": return ("the account is not signed up for Batch in this region", otherKeys)
    default: return ("rejected", otherKeys)
    }
  }
}
