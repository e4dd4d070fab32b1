import Platform
import Testing

@Suite("A URL")
struct HTTPURLTests {
  /// URLs with whether they are secure, and their hosts, ports and paths.
  static let urls: [(text: String, isSecure: Bool, host: String, port: Int?, path: String)] = [
    ("http://localhost", false, "localhost", nil, ""), ("https://localhost/", true, "localhost", nil, "/"),
    ("HTTPS://Batch.Example.COM:8443/A/b?c=D#e", true, "batch.example.com", 8443, "/A/b?c=D#e"),
    ("http://127.0.0.1:1", false, "127.0.0.1", 1, ""), ("http://a:65535/", false, "a", 65535, "/"),
    ("http://[::1]", false, "[::1]", nil, ""), ("http://[FD00:EC2::23]:80/x", false, "[fd00:ec2::23]", 80, "/x"),
    ("http://a?b", false, "a", nil, "?b"), ("http://a:1#b", false, "a", 1, "#b"),
    ("http://my_host-1.test//a/../b", false, "my_host-1.test", nil, "//a/../b"),
    ("http://a/@b:c", false, "a", nil, "/@b:c"),
  ]

  @Test("has a scheme, a host, an optional port and a path", arguments: urls)
  func parts(text: String, isSecure: Bool, host: String, port: Int?, path: String) {
    let url = HTTPURL(text)
    #expect(url?.isSecure == isSecure)
    #expect(url?.host == host)
    #expect(url?.port == port)
    #expect(url?.path == path)
  }

  @Test(
    "returns its authority and its origin as they are sent",
    arguments: [
      ("HTTP://LocalHost:8080/x", "localhost:8080", "http://localhost:8080"), ("https://a", "a", "https://a"),
      ("https://[::1]:1/", "[::1]:1", "https://[::1]:1"),
    ])
  func authority(text: String, authority: String, origin: String) {
    #expect(HTTPURL(text)?.authority == authority)
    #expect(HTTPURL(text)?.origin == origin)
  }

  @Test(
    "is nil if the text could be read in two ways",
    arguments: [
      "", "localhost", "//localhost", "http:", "http:/a", "http://", "https://", "http:///a", "http://?a", "http://#",
      "ftp://a", "file:///a",
      "httpx://a", " http://a", "http://a ", "http:// a", "http://a b", "http://a\n", "http://a/\r\nX: y",
      "http://a/\t", "http://a/\u{0}", "http://a/é",
      "http://user@a", "http://user:pass@a", "http://a@b:1", "http://:80", "http://a:", "http://a:x", "http://a:0",
      "http://a:65536", "http://a:-1",
      "http://a:+1", "http://a:1:2", "http://a: 1", "http://a:٣", "http://a:99999999999999999999", "http://[",
      "http://[]", "http://]", "http://[::1",
      "http://::1", "http://[::1]a", "http://[::1].example.com", "http://[::1]:", "http://[::1]:x", "http://[1.2.3.4]",
      "http://[fe80::1%25eth0]",
      "http://[a::b@c]", "http://a\\b", "http://a;b", "http://a,b", "http://a%41", "http://é", "http://a+b",
      "http://a*", "http://\u{212a}", "http:/\u{301}/a",
    ])
  func refuses(text: String) {
    #expect(HTTPURL(text) == nil)
  }

  @Test(
    "is split at bytes, so that a combining mark doesn't hide a delimiter", arguments: [":", "/", "?", "#"])
  func combiningCharacters(delimiter: String) {
    #expect(HTTPURL("http://host\(delimiter)\u{301}") == nil)
    #expect(HTTPURL("http:\(delimiter)\u{600}/host") == nil)
  }

  @Test(
    "knows whether its host is this machine",
    arguments: [
      ("http://localhost", true), ("http://LOCALHOST:80/x", true), ("http://127.0.0.1", true),
      ("http://127.255.0.9:1", true), ("http://[::1]:80", true), ("http://localhost.example.com", false),
      ("http://127.0.0.1.example.com", false), ("http://0127.0.0.1", false), ("http://10.0.0.1", false),
      ("http://[::2]", false),
    ])
  func loopback(text: String, isLoopback: Bool) throws {
    #expect(try #require(HTTPURL(text)).isLoopback == isLoopback)
  }
}
