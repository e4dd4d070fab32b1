internal import ArgumentParser
internal import LocalBatch
internal import LocalServer
internal import LocalTable
internal import Workstation

/// `apigw-batch table`: serves an embedded table for idempotency keys alone, until it is interrupted.
struct TableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Serve an embedded DynamoDB table for idempotency keys on 127.0.0.1 until Ctrl-C.",
    discussion: """
      Supports the writes that the function makes: PutItem, UpdateItem and DeleteItem of items whose primary key is \
      the string 'id', with conditions. Every other operation is refused by name. 'invoke', 'serve' and 'compare' have \
      such a table inside; this one is for a function that you run yourself. Everything is kept in memory, and lost on \
      exit.

      Requests must be signed for us-east-1 with the same key pair as those to 'apigw-batch batch'.

      EXAMPLES (in a clone, run 'swift run apigw-batch ...')
        Keep the keys of several runs of a function in one table:
          apigw-batch table --port 8001
          AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8001 \\
            apigw-batch invoke events/rest-idempotency-key.json
      """)

  @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "n"))
  var port = 0

  @Option(
    name: .customLong("table"),
    help: ArgumentHelp("The name of a table. Repeat it for more.", valueName: "name"))
  var names = [EmbeddedTable.defaultName]

  @OptionGroup(title: "Who may call it")
  var callers: AdmissionOptions

  func run() async throws {
    try ListeningPort.check(port)
    if let name = names.first(where: { !EmbeddedTable.isTable($0) }) {
      throw UsageError(
        "'\(name)' is not a valid table name; use 3 to 255 letters, digits, hyphens, underscores and dots, such as "
          + "--table \(EmbeddedTable.defaultName)")
    }
    try callers.check()
    let interruption = Interruption()
    let table = EmbeddedTable(names: names, credentials: EmbeddedBatch.demoCredentials)
    var server = LocalServerConfiguration()
    server.admission = callers.admission
    server.refused = { StandardError.write("\($0)") }
    try await table.serve(port: port, configuration: server) { port in
      StandardError.write(
        """
        Embedded DynamoDB on http://127.0.0.1:\(port), region us-east-1. Press Ctrl-C to stop.
        Tables: \(names.joined(separator: ", "))
        Let a function in another terminal use it:

        export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:\(port) IDEMPOTENCY_TABLE=\(names[0])

        """)
      await interruption.wait()
    }
  }
}
