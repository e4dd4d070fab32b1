package import LocalServer
package import Platform
package import SigV4

/// The writes to DynamoDB that the function makes for idempotency keys, on a loopback port.
///
/// It supports PutItem, UpdateItem and DeleteItem of single items under a condition, as far as the function uses them,
/// and refuses everything else by name. Its tables have the primary key `id`, a string, and no time to live: an item
/// whose time is over stays, as it can for days in DynamoDB. All state is in memory, shared by the copies of one value.
/// See the [DynamoDB API Reference](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html).
package struct EmbeddedTable: Sendable {
  /// The name of the table in commands that aren't given another.
  package static let defaultName = "idempotency"

  private let store: ItemStore
  private let verifier: SignatureVerifier

  /// Tables of one region.
  ///
  /// - Parameters:
  ///   - names: the tables' names or ARNs. Other tables don't exist.
  ///   - credentials: the only keys that requests may be signed with.
  ///   - clock: decides whether a signature is current.
  package init(
    names: [String] = [defaultName], region: String = "us-east-1", credentials: AWSCredentials,
    clock: WallClock = .system
  ) {
    store = ItemStore(tables: names)
    verifier = SignatureVerifier(region: region, service: "dynamodb", credentials: credentials, clock: clock)
  }

  /// Whether a text can be a table's name: 3 to 255 letters, digits, hyphens, underscores and dots.
  package static func isTable(_ name: String) -> Bool {
    (3...255).contains(name.utf8.count) && name.utf8.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
  }

  /// Listens on the loopback addresses while `body` runs, and hands it the port; 0 picks a free one.
  ///
  /// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
  package func serve<Value: Sendable>(
    port: Int = 0, configuration: LocalServerConfiguration = LocalServerConfiguration(),
    _ body: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    let frontDoor = TableFrontDoor(verifier: verifier, store: store)
    return try await withLocalServer(frontDoor, port: port, configuration: configuration, body)
  }
}
