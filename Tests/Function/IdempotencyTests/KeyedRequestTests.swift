import Testing

@testable import Idempotency

@Suite("The identity of a request with a key")
struct KeyedRequestTests {
  /// The hashes were computed with Python's hashlib and base64.
  @Test("is the base64url SHA-256 of caller and key, and that of queue, definition and body")
  func hashes() throws {
    let everybody = try request()
    #expect(everybody.hash == "bFgOeqJ6KEo9dUpUUDIdEONpoKMrrpPODzVEeUEJYjs")
    #expect(everybody.validation == "cJ4rjGXppa5KhfZ0TGydTWZuTNBUi7IZklYykFSw-v4")
    #expect(try request(caller: "subject ann").hash == "YJzu7WAA7yRwXniIISXDHDS5MzRsH_lNlvPHp76o2-g")
  }

  @Test("tells callers and keys apart, also one who is called everybody")
  func callers() throws {
    let hashes = try [
      request(), request(caller: "a"), request(caller: "b"), request(caller: "everybody"), request(key: "key-2"),
      request(key: "key-2", caller: "a"),
    ].map(\.hash)
    #expect(Set(hashes).count == hashes.count)
  }

  @Test("tells queues, definitions and bodies apart, and is the same for all callers' equal requests")
  func requests() throws {
    let requests = try [
      request(), request(queue: "qd"), request(definition: "d:4"), request(body: ""), request(body: "{\"a\":2}"),
      request(queue: "qd", definition: "3"),
    ].map(\.validation)
    #expect(Set(requests).count == requests.count)
    #expect(try request(key: "key-2", caller: "a").validation == request().validation)
  }

  private func request(
    key: String = "key-1", caller: String? = nil, queue: String = "q", definition: String = "d:3",
    body: String = "{\"a\":1}"
  ) throws -> KeyedRequest {
    KeyedRequest(
      key: try #require(try IdempotencyKey(headerLines: [key])), caller: caller, jobQueue: queue,
      jobDefinition: definition, body: Array(body.utf8))
  }
}
