import Testing

@testable import HTTPTransport

@Suite("An exchange")
struct ExchangeTests {
  private let exchange = Exchange(maximumBodySize: 8)

  @Test("allows one send of a request that is not idempotent, and vetoes the second")
  func once() {
    exchange.begin(mayResend: false)
    #expect(exchange.sends == 0)
    #expect(exchange.maySend())
    #expect(!exchange.maySend())
    #expect(!exchange.maySend())
    #expect(exchange.sends == 1)
  }

  @Test("allows an idempotent request to be sent again, and discards the earlier response")
  func again() {
    exchange.begin(mayResend: true)
    #expect(exchange.maySend())
    append(head: "HTTP/1.1 200 OK\r\n")
    #expect(append(body: "half") == 4)
    #expect(exchange.maySend())
    #expect(exchange.head.isEmpty)
    #expect(exchange.body.isEmpty)
    #expect(exchange.sends == 2)
  }

  @Test("restarts the count for every request")
  func startsOver() {
    exchange.begin(mayResend: false)
    #expect(exchange.maySend())
    append(head: "HTTP/1.1 200 OK\r\n")
    append(body: "body")
    exchange.begin(mayResend: false)
    #expect(exchange.sends == 0)
    #expect(exchange.head.isEmpty)
    #expect(exchange.body.isEmpty)
    #expect(exchange.maySend())
  }

  @Test("keeps the last of several heads, because an interim response precedes the final one")
  func interim() {
    exchange.begin(mayResend: false)
    for line in ["HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "B: 2\r\n", "\r\n"] {
      append(head: line)
    }
    #expect(String(decoding: exchange.head, as: UTF8.self) == "HTTP/1.1 200 OK\r\nB: 2\r\n\r\n")
  }

  @Test("recognizes the end of the head, and excludes a chunked body's trailers from it")
  func trailers() {
    exchange.begin(mayResend: false)
    append(head: "HTTP/1.1 200 OK\r\n")
    #expect(!exchange.headIsWhole)
    append(head: "\r\n")
    #expect(exchange.headIsWhole)
    append(head: "X-T: y\r\n")
    #expect(exchange.headIsWhole)
    #expect(String(decoding: exchange.head, as: UTF8.self) == "HTTP/1.1 200 OK\r\n\r\n")
  }

  @Test("accepts a body of the maximum size, but not one byte more")
  func limit() {
    exchange.begin(mayResend: false)
    #expect(append(body: "12345") == 5)
    #expect(append(body: "678") == 3)
    #expect(append(body: "9") == 0)
    #expect(exchange.body == Array("12345678".utf8))
  }

  private func append(head line: String) {
    var bytes = line.utf8.map { CChar(bitPattern: $0) }
    #expect(exchange.append(head: &bytes, bytes.count) == bytes.count)
  }

  @discardableResult
  private func append(body text: String) -> Int {
    var bytes = text.utf8.map { CChar(bitPattern: $0) }
    return exchange.append(body: &bytes, bytes.count)
  }
}
