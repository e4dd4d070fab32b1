internal import Platform
internal import RawJSON

/// Finds out who sent a request: from the authorizer's part of an event alone, never from what the client wrote.
enum RequestCaller {
  /// The identity, prefixed with its kind so that no two kinds can be equal; nil without an authorizer that names one.
  ///
  /// A load balancer is not one: its header is only trustworthy with a signature that this function doesn't verify.
  static func identity(in context: JSONValue?, format: PayloadFormat) -> String? {
    guard let context = try? context?.object() else { return nil }
    let authorizer = try? context["authorizer"]?.object()
    switch format {
    case .rest, .httpV1:
      let identity = try? context["identity"]?.object()
      return token(authorizer?["claims"]) ?? text("principal", authorizer?["principalId"])
        ?? text("identity", identity?["cognitoIdentityId"]) ?? role(identity?["userArn"])
        ?? text("api key", identity?["apiKeyId"])
    case .httpV2, .functionURL:
      let lambda = try? authorizer?["lambda"]?.object()
      let iam = try? authorizer?["iam"]?.object()
      // All identities of a Cognito identity pool have one role, and one session.
      return token((try? authorizer?["jwt"]?.object())?["claims"])
        ?? text("identity", (try? iam?["cognitoIdentity"]?.object())?["identityId"]) ?? role(iam?["userArn"])
        ?? text("principal", lambda?["principalId"]) ?? text("subject", lambda?["sub"])
    case .loadBalancer:
      return nil
    }
  }

  /// The subject of a token, which is unique for its issuer.
  private static func token(_ claims: JSONValue?) -> String? {
    guard let claims = try? claims?.object(), let subject = text("subject", claims["sub"]) else { return nil }
    return text("issuer", claims["iss"]).map { "\($0) \(subject)" } ?? subject
  }

  /// An IAM user's ARN, or an assumed role's without its session: the client chooses a session's name, and after a
  /// restart it is often another.
  private static func role(_ arn: JSONValue?) -> String? {
    guard let text = try? arn?.string(), !text.isEmpty else { return nil }
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isAssumed = parts.first.map { Array($0).suffix(13).elementsEqual(":assumed-role".utf8) } ?? false
    guard isAssumed, parts.count == 3 else { return "arn \(text)" }
    return "arn " + parts.dropLast().map { String(Substring($0)) }.joined(separator: "/")
  }

  private static func text(_ kind: String, _ value: JSONValue?) -> String? {
    guard let text = try? value?.string(), !text.isEmpty else { return nil }
    return "\(kind) \(text)"
  }
}
