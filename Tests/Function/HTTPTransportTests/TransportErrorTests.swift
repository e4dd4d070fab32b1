import Testing

@testable import HTTPTransport

@Suite("A transport error")
struct TransportErrorTests {
  @Test("states the cause and libcurl's message")
  func words() {
    let error = TransportError(requestWasSent: true, cause: .interrupted, message: "Empty reply from server")
    #expect("\(error)" == "the connection was lost (Empty reply from server)")
  }

  @Test("redacts the user info in a URL that libcurl quotes")
  func userInfo() {
    let message = "Unsupported proxy syntax in 'http://user:secret@host:x'"
    let error = TransportError(requestWasSent: false, cause: .notConnected, message: message)
    #expect("\(error)" == "can't connect (Unsupported proxy syntax in 'http://[redacted]@host:x')")
  }

  @Test(
    "about TLS says wrong name, unknown CA or expired, and the remedy",
    arguments: [
      (.wrongName, "another name", "endpoint URL"), (.unknownAuthority, "unknown CA", "AWS_CA_BUNDLE"),
      (.expired, "expired", "clock"), (.unusableBundle, "CA bundle", "AWS_CA_BUNDLE"),
    ] as [(TransportError.Cause, String, String)])
  func advice(cause: TransportError.Cause, words: String, advice: String) {
    let text = "\(TransportError(requestWasSent: false, cause: cause, message: "libcurl's words"))"
    #expect(text.hasPrefix("TLS: "))
    #expect(text.contains(words))
    #expect(text.contains("(libcurl's words)"))
    #expect(text.split(separator: ")").last?.contains(advice) == true)
    #expect(!text.contains("\n"))
  }
}
