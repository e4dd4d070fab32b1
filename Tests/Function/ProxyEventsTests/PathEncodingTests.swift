import Testing

@testable import ProxyEvents

@Suite("A name in the path")
struct PathEncodingTests {
  /// Names as a client writes them, and decoded.
  static let encodings = [
    ("render", "render"), ("render%3A3", "render:3"), ("render%3a3", "render:3"), ("render:3", "render:3"),
    ("re%6eder", "render"),
    ("a%2Fb", "a/b"), ("%00", "\u{0}"), ("a%20b", "a b"), ("a+b", "a+b"), ("a%2Bb", "a+b"), ("%C3%A9", "é"),
    ("%F0%9D%84%9E", "𝄞"),
    ("é", "é"), ("é%C3%A9", "éé"), ("%25", "%"), ("%253A", "%3A"), ("%25%33%41", "%3A"), ("%22", "\""), ("..", ".."),
    ("", ""),
  ]

  static let badEscapes = [
    "%", "a%", "%4", "a%4", "%zz", "%4g", "%g4", "%%41", "% 41", "%+1", "%-1", "%0x", "%u0041", "%４１", "%e9", "%C3",
    "%C3a", "%FF",
    "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "a%80", "%\u{e9}", "%4\u{301}1",
  ]

  @Test("is decoded exactly once if its sender delivers it as the client wrote it", arguments: encodings)
  func decoded(text: String, meant: String) throws {
    for request in [
      try request(Events.functionURL()), try request(Events.loadBalancer()),
      try request(Events.rest()),
    ] {
      #expect(try Array(request.decoded(text).utf8) == Array(meant.utf8))
    }
    guard !meant.contains("\""), !meant.contains("\u{0}") else { return }
    let rest = try request(Events.rest(queue: text, definition: text))
    #expect(try rest.pathParameter("jobQueue") == meant)
    #expect(try rest.pathParameter("jobDefinition") == meant)
  }

  @Test("is left unchanged if its sender has decoded it", arguments: encodings.map(\.0) + badEscapes)
  func leftAlone(text: String) throws {
    let parameters = "{\"jobQueue\":\"\(text)\"}"
    #expect(try request(Events.httpV2(parameters: parameters)).pathParameter("jobQueue") == text)
    #expect(try request(Events.httpV1(queue: text)).pathParameter("jobQueue") == text)
    #expect(try request(Events.httpV2()).decoded(text) == text)
  }

  @Test("is rejected if an escape is malformed or the result is not UTF-8", arguments: badEscapes)
  func refused(text: String) throws {
    for event in [Events.rest(queue: text), Events.functionURL(), Events.loadBalancer()] {
      let request = try request(event)
      let error = #expect(throws: ProxyRequestError.self) {
        if request.format == .rest { _ = try request.pathParameter("jobQueue") } else { _ = try request.decoded(text) }
      }
      #expect(error?.reason == .badPercentEscape(text))
      #expect(error?.format == request.format)
    }
  }

  @Test("is found by its parameter's name, and is nil if that is null or missing")
  func parameter() throws {
    let request = try request(Events.httpV2(parameters: #"{"jobQueue":"q","other":null,"odd":7}"#))
    #expect(try request.pathParameter("jobQueue") == "q")
    #expect(try request.pathParameter("other") == nil)
    #expect(try request.pathParameter("jobDefinition") == nil)
    #expect(try request.pathParameter("JobQueue") == nil)
    #expect(throws: ProxyRequestError.self) { try request.pathParameter("odd") }
  }

  private func request(_ event: String) throws(ProxyRequestError) -> ProxyRequest {
    try ProxyRequest(event: Array(event.utf8))
  }
}
