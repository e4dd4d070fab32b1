import HTTPTransport
import Testing

@Suite("A response's header")
struct HTTPResponseTests {
  private let response = HTTPResponse(
    status: 400,
    head: Array(
      """
      HTTP/1.1 400 Bad Request\r
      Content-Type: application/json\r
      x-amzn-ErrorType:ClientException:http://internal.amazon.com/coral/\r
      X-Spaces: \t  a  b \t \r
      X-Empty:\r
      X-Blank:   \r
      X-Twice: first\r
      x-twice: second\r
      X-Twice-More: third\r
      Retry-After: 7\r
      X-UTF8: é\r
      \r

      """.utf8))

  @Test("is found in any case")
  func anyCase() {
    #expect(response[header: "Content-Type"] == "application/json")
    #expect(response[header: "content-type"] == "application/json")
    #expect(response[header: "CONTENT-TYPE"] == "application/json")
    #expect(response[header: "X-Amzn-Errortype"] == "ClientException:http://internal.amazon.com/coral/")
    #expect(response[header: "retry-AFTER"] == "7")
  }

  @Test("is returned without surrounding white space, but with all inner white space")
  func whiteSpace() {
    #expect(response[header: "X-Spaces"] == "a  b")
    #expect(response[header: "X-UTF8"] == "é")
  }

  @Test("can be empty")
  func empty() {
    #expect(response[header: "X-Empty"] == "")
    #expect(response[header: "X-Blank"] == "")
  }

  @Test("is the first of several with its name, and not one whose name merely starts the same")
  func first() {
    #expect(response[header: "X-Twice"] == "first")
    #expect(response[header: "X-Twice-More"] == "third")
  }

  @Test("is nil if no header has exactly its name")
  func absent() {
    #expect(response[header: "Content"] == nil)
    #expect(response[header: "ontent-Type"] == nil)
    #expect(response[header: "Content-Typ"] == nil)
    #expect(response[header: "Content-Type2"] == nil)
    #expect(response[header: "HTTP/1.1 400 Bad Request"] == nil)
    #expect(response[header: "application/json"] == nil)
    #expect(response[header: "http"] == nil)
    #expect(HTTPResponse(status: 200)[header: "Content-Type"] == nil)
  }

  @Test("is listed with all others, in order and with the server's spelling")
  func all() {
    #expect(
      response.headers.map(\.name) == [
        "Content-Type", "x-amzn-ErrorType", "X-Spaces", "X-Empty", "X-Blank", "X-Twice", "x-twice", "X-Twice-More",
        "Retry-After", "X-UTF8",
      ])
    #expect(
      response.headers.map(\.value) == [
        "application/json", "ClientException:http://internal.amazon.com/coral/", "a  b", "", "", "first", "second",
        "third",
        "7", "é",
      ])
    #expect(HTTPResponse(status: 200).headers.isEmpty)
    #expect(HTTPResponse(status: 200, head: Array("HTTP/1.1 200 OK\nA:1\nB:".utf8)).headers.map(\.value) == ["1", ""])
  }

  @Test("is not confused with characters that differ by one bit")
  func similarBytes() {
    let odd = HTTPResponse(status: 200, head: Array("HTTP/1.1 200 OK\r\n{a}^: 1\r\n\r\n".utf8))
    #expect(odd[header: "[a]~"] == nil)
    #expect(odd[header: "{A}^"] == "1")
  }

  @Test("is found in lines that end in a bare line feed or without a line break")
  func lineEnds() {
    let bare = HTTPResponse(status: 200, head: Array("HTTP/1.1 200 OK\nA: 1\nB: 2".utf8))
    #expect(bare[header: "A"] == "1")
    #expect(bare[header: "B"] == "2")
    #expect(HTTPResponse(status: 200, head: Array("A:".utf8))[header: "A"] == "")
    #expect(HTTPResponse(status: 200, head: Array("A".utf8))[header: "A"] == nil)
  }
}
