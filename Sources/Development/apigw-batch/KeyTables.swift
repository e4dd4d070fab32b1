internal import LocalServer
internal import LocalTable
internal import Platform
internal import Workstation

/// The DynamoDB tables in which a command's functions keep idempotency keys.
struct KeyTables {
  /// Their names or ARNs.
  let names: [String]
  /// The value of `AWS_ENDPOINT_URL_DYNAMODB`, which replaces the embedded tables; nil for those.
  private let endpoint: String?

  init(names: [String], _ environment: Platform.Environment) {
    self.names = names
    endpoint = environment["AWS_ENDPOINT_URL_DYNAMODB"]
  }

  /// Runs `body` with an account whose variables locate the tables too. The embedded ones listen while `body` runs.
  func serve<Value: Sendable>(
    for account: BatchAccount, _ body: @Sendable (BatchAccount) async throws -> Value
  ) async throws -> Value {
    if names.isEmpty { return try await body(account) }
    if let endpoint { return try await body(account.locatingTables(at: endpoint)) }
    let table = EmbeddedTable(names: names, region: account.region, credentials: account.credentials)
    var server = LocalServerConfiguration()
    server.refused = { StandardError.write("DynamoDB: \($0)") }
    return try await table.serve(configuration: server) { port in
      var account = account.locatingTables(at: "http://127.0.0.1:\(port)")
      // The user's proxy can't reach the port.
      if account.variables.keys.contains(where: { $0.lowercased().hasSuffix("_proxy") }) {
        for name in ["NO_PROXY", "no_proxy"] {
          account.variables[name] = [account.variables[name], "127.0.0.1"].compactMap(\.self).joined(separator: ",")
        }
      }
      return try await body(account)
    }
  }
}

extension BatchAccount {
  fileprivate func locatingTables(at url: String) -> BatchAccount {
    var account = self
    account.variables["AWS_ENDPOINT_URL_DYNAMODB"] = url
    return account
  }
}
