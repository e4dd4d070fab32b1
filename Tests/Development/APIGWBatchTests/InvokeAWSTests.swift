import Foundation
import Testing

/// Checks which keys and which region reach the function. Nothing is sent anywhere.
@Suite("apigw-batch invoke --batch aws")
struct InvokeAWSTests {
  private static let credentialsFile = """
    [default]
    aws_access_key_id = AKIADEFAULT
    aws_secret_access_key = default/secret
    [dev]
    aws_access_key_id=AKIADEV
    aws_secret_access_key=dev+secret=
    aws_session_token = dev-token
    """
  private static let configFile = """
    [default]
    region = eu-west-1 # Ireland
    [profile dev]
    region=eu-north-1
    s3 =
      region = nowhere
    [profile sso]
    region = us-west-2
    """
  /// An AWS CLI v2 that has keys for every profile except `default`.
  private static let cliWithKeys = """
    #!/bin/sh
    [ "$*" = "configure export-credentials --format process" ] || exit 9
    echo '{"Version":1,"AccessKeyId":"ASIACLI","SecretAccessKey":"cli","SessionToken":"'$AWS_PROFILE'"}'
    """
  private static let cliWithoutKeys = "#!/bin/sh\necho 'Token has expired and refresh failed' >&2\nexit 255\n"
  private static let cliVersion1 = "#!/bin/sh\necho 'aws: error: argument subcommand: Invalid choice' >&2\nexit 252\n"

  /// Runs the command with a function that returns its environment, optionally with shared files and an `aws`.
  private func run(
    _ environment: [String: String], files: Bool = false, cli: String? = nil
  ) async throws -> (run: CommandRun, seen: [String: String]) {
    let script = "serve(lambda event: json.dumps(dict(os.environ)).encode())"
    return try await CommandRun.Package.with(function: script) { package in
      if files {
        try package.write(".aws/credentials", Self.credentialsFile)
        try package.write(".aws/config", Self.configFile)
      }
      if let cli { try package.write("bin/aws", cli, executable: true) }
      let path = cli == nil ? "/usr/bin:/bin" : package.directory.appending(path: "bin").path + ":/usr/bin:/bin"
      let run = try await package.run(
        "invoke", "--batch", "aws", "-", environment: environment.merging(["PATH": path]) { $1 }, input: "{}")
      let seen = try? JSONDecoder().decode([String: String].self, from: Data(run.output.utf8))
      return (run, seen ?? [:])
    }
  }

  @Test("uses the environment's keys first, and passes on Batch's endpoint")
  func environment() async throws {
    let (run, seen) = try await run(
      [
        "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "env", "AWS_SESSION_TOKEN": "token",
        "AWS_REGION": "ap-south-1", "AWS_USE_FIPS_ENDPOINT": "true", "HTTPS_PROXY": "http://127.0.0.1:9",
        "AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:9",
      ], files: true, cli: Self.cliWithKeys)
    #expect(run.status == 0)
    #expect(seen["AWS_ACCESS_KEY_ID"] == "AKIAENV")
    #expect(seen["AWS_SECRET_ACCESS_KEY"] == "env")
    #expect(seen["AWS_SESSION_TOKEN"] == "token")
    #expect(seen["AWS_REGION"] == "ap-south-1")
    #expect(seen["AWS_USE_FIPS_ENDPOINT"] == "true")
    #expect(seen["HTTPS_PROXY"] == "http://127.0.0.1:9")
    #expect(seen["AWS_ENDPOINT_URL_BATCH"] == "http://127.0.0.1:9")
  }

  @Test("asks the AWS CLI v2 next, for the chosen profile")
  func exported() async throws {
    let (_, seen) = try await run(["AWS_PROFILE": "sso"], files: true, cli: Self.cliWithKeys)
    #expect(seen["AWS_ACCESS_KEY_ID"] == "ASIACLI")
    #expect(seen["AWS_SESSION_TOKEN"] == "sso")
    #expect(seen["AWS_REGION"] == "us-west-2")
  }

  @Test(
    "uses the shared files' static keys last, whatever the AWS CLI lacks",
    arguments: [nil, cliVersion1, cliWithoutKeys])
  func sharedFiles(cli: String?) async throws {
    let (ofDefault, seen) = try await run([:], files: true, cli: cli)
    #expect(ofDefault.errorLines.count == 3)
    #expect(seen["AWS_ACCESS_KEY_ID"] == "AKIADEFAULT")
    #expect(seen["AWS_SESSION_TOKEN"] == nil)
    #expect(seen["AWS_REGION"] == "eu-west-1")
    let (_, ofProfile) = try await run(
      ["AWS_PROFILE": "dev", "AWS_DEFAULT_REGION": "sa-east-1"], files: true, cli: cli)
    #expect(ofProfile["AWS_SECRET_ACCESS_KEY"] == "dev+secret=")
    #expect(ofProfile["AWS_SESSION_TOKEN"] == "dev-token")
    #expect(ofProfile["AWS_REGION"] == "sa-east-1")
  }

  @Test("reports what is missing in one line, and invokes nothing")
  func missing() async throws {
    let cases: [(environment: [String: String], cli: String?, line: String)] = [
      (["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"], nil, "no AWS region is set; run: export AWS_REGION"),
      (["AWS_REGION": "x"], nil, "no AWS keys for profile 'default', nor in AWS_ACCESS_KEY_ID"),
      (["AWS_REGION": "x"], Self.cliWithoutKeys, "(Token has expired and refresh failed), nor in AWS_ACCESS_KEY_ID"),
      (
        ["AWS_REGION": "x", "AWS_ACCESS_KEY_ID": "a"], nil,
        "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY; run: export AWS_SECRET_ACCESS_KEY"
      ),
      (
        ["AWS_REGION": "x", "AWS_PROFILE": "other"], nil,
        "profile 'other' does not exist; run: aws configure list-profiles"
      ),
    ]
    for (environment, cli, line) in cases {
      let (run, _) = try await run(environment, cli: cli)
      #expect(run.status == 64)
      #expect(run.output.isEmpty)
      #expect(run.errorLines.count == 1)
      #expect(run.error.contains(line))
    }
  }
}
