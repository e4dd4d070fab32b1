package import Platform
package import SigV4

extension AWSCredentials {
  /// The user's own keys: the environment's, else those that the AWS CLI v2 exports, else the shared files' static ones.
  package static func resolve(
    _ environment: Platform.Environment, _ files: SharedFiles
  ) async throws(UsageError) -> AWSCredentials {
    let (id, secret) = (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
    if let id, let secret {
      return AWSCredentials(
        accessKeyID: id, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
    }
    if (id == nil) != (secret == nil) {
      let missing = id == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"
      throw UsageError("half a key pair is set", run: "export \(missing)=...")
    }
    let exported = await CLIExport.run()
    if let credentials = exported.credentials ?? files.credentials { return credentials }
    let reason = exported.reason.map { " (\($0))" } ?? ""
    throw UsageError(
      "no AWS keys for profile '\(files.profile)'\(reason), nor in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      run: reason.lowercased().contains("sso") ? "aws sso login" : "aws configure")
  }
}
