import Testing

@testable import ProxyEvents

@Suite("The Idempotency-Key of an event")
struct RequestHeadersTests {
  @Test("is found in every format, whatever the case of its name, next to the content type")
  func formats() throws {
    for name in ["Idempotency-Key", "idempotency-key", "IDEMPOTENCY-KEY"] {
      let headers = #"{"Content-Type":"application/json","\#(name)":"a"}"#
      let multiple = #"{"Content-Type":["application/json"],"\#(name)":["a"]}"#
      for event in [
        Events.rest(headers: headers), Events.rest(headers: headers, multiValueHeaders: multiple),
        Events.rest(headers: "null", multiValueHeaders: multiple), Events.httpV2(headers: headers),
        Events.loadBalancer(headers: "\"headers\":\(headers)"),
        Events.loadBalancer(headers: "\"multiValueHeaders\":\(multiple)"),
      ] {
        let request = try ProxyRequest(event: Array(event.utf8))
        #expect(request.idempotencyKeys == ["a"], "\(event)")
        #expect(request.contentType == "application/json")
      }
    }
  }

  @Test("has every value that the event tells of")
  func several() throws {
    for (headers, multiple, keys) in [
      (#"{"Idempotency-Key":"b"}"#, #"{"Idempotency-Key":["a","b"]}"#, ["a", "b"]),
      (#"{"Idempotency-Key":"a","idempotency-key":"b"}"#, "null", ["a", "b"]),
      ("null", #"{"Idempotency-Key":["a"],"idempotency-key":["b"]}"#, ["a", "b"]),
      (#"{"Content-Type":"a/b","Idempotency-Key":"b"}"#, #"{"Idempotency-Key":["a","b"]}"#, ["a", "b"]),
    ] {
      let event = Events.rest(headers: headers, multiValueHeaders: multiple)
      #expect(try ProxyRequest(event: Array(event.utf8)).idempotencyKeys == keys, "\(event)")
    }
  }

  @Test(
    "is missing if it is null or not there", arguments: ["null", "{}", #"{"Idempotency-Key":null}"#, #"{"Key":"a"}"#])
  func missing(headers: String) throws {
    #expect(try ProxyRequest(event: Array(Events.rest(headers: headers).utf8)).idempotencyKeys.isEmpty)
  }

  @Test(
    "makes the event malformed if it is not a string",
    arguments: [#"{"Idempotency-Key":1}"#, #"{"Idempotency-Key":["a"]}"#])
  func malformed(headers: String) {
    #expect(throws: ProxyRequestError.self) { try ProxyRequest(event: Array(Events.rest(headers: headers).utf8)) }
  }
}
