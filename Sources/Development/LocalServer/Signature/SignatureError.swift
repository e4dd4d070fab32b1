/// An error of AWS's front door: a request whose signature is missing, malformed, outdated or wrong.
///
/// The wordings are AWS's own. Its status is up to the service's protocol: 403 where it is REST, 400 for DynamoDB.
package struct SignatureError: Error, Equatable {
  /// The error's name, such as `InvalidSignatureException`.
  package let code: String
  /// The text of the body's `message`.
  package let message: String
}

extension SignatureError {
  /// The request isn't signed.
  static let missingToken = SignatureError(
    code: "MissingAuthenticationTokenException", message: "Missing Authentication Token")

  /// The key isn't the expected one, or the session token isn't.
  static let unknownToken = SignatureError(
    code: "UnrecognizedClientException", message: "The security token included in the request is invalid.")

  /// A part of the signature is missing.
  static func incompleteSignature(_ message: String) -> SignatureError {
    SignatureError(code: "IncompleteSignatureException", message: message)
  }

  /// The signature is for another request, or by another key.
  package static let signatureMismatch = invalidSignature(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
      + "Key and signing method. Consult the service documentation for details.")

  /// The signature doesn't match the request, its time or the service.
  static func invalidSignature(_ message: String) -> SignatureError {
    SignatureError(code: "InvalidSignatureException", message: message)
  }
}
