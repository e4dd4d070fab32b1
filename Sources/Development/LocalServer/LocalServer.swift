/// Has requests to 127.0.0.1 and ::1 responded to while `body` runs, and hands it the port.
///
/// Port 0 picks one that is free on both. A machine without ::1 is served on 127.0.0.1 alone. By the time this returns,
/// the server has stopped and closed its connections, whether `body` returned, threw or was cancelled. The server itself
/// writes nothing to standard error.
/// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
package func withLocalServer<Value: Sendable>(
  _ responder: any Responder, port: Int = 0, configuration: LocalServerConfiguration = LocalServerConfiguration(),
  _ body: @Sendable (Int) async throws -> Value
) async throws -> Value {
  let (port, listeners) = try await listeners(responder, port: port, configuration)
  do {
    let value = try await body(port)
    await stop(listeners)
    return value
  } catch {
    await stop(listeners)
    throw error
  }
}

/// The listeners of a server, on the same port.
private func listeners(
  _ responder: any Responder, port: Int, _ configuration: LocalServerConfiguration
) async throws -> (port: Int, [Listener]) {
  let clients = Clients(configuration)
  // A port that is free on 127.0.0.1 is rarely in use on ::1.
  var attempts = port == 0 ? 20 : 1
  while true {
    attempts -= 1
    let first = try await Listener(responder, on: "127.0.0.1", port: port, clients)
    guard configuration.servesIPv6 else { return (first.port, [first]) }
    do {
      return (first.port, [first, try await Listener(responder, on: "::1", port: first.port, clients)])
    } catch {
      if (error as? LocalServerError)?.isInUse != true {
        // This machine has no ::1.
        return (first.port, [first])
      }
      await first.stop()
      if attempts == 0 { throw error }
    }
  }
}

private func stop(_ listeners: [Listener]) async {
  await withDiscardingTaskGroup { group in
    for listener in listeners { group.addTask { await listener.stop() } }
  }
}
