package import Platform
package import SigV4

extension AWSCredentials {
  /// The user's own keys: from the environment, else exported by the AWS CLI v2, else the shared files' static keys.
  package static func resolve(
    _ environment: Platform.Environment, _ files: SharedFiles
  ) async throws(UsageError) -> AWSCredentials {
    let (id, secret) = (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
    if let id, let secret {
      return AWSCredentials(
        accessKeyID: id, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
    }
    if (id == nil) != (secret == nil) {
      let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
      let (present, missing) = id == nil ? (names[1], names[0]) : (names[0], names[1])
      throw UsageError("\(present) is set without \(missing)", run: "export \(missing)=...")
    }
    let exported = await CLIExport.run()
    if let credentials = exported.credentials ?? files.credentials { return credentials }
    let reason = exported.reason.map { " (\($0))" } ?? ""
    throw UsageError(
      "no AWS keys for profile '\(files.profile)'\(reason), nor in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      run: reason.lowercased().contains("sso") ? "aws sso login" : "aws configure")
  }
}
