import NIOHTTP1
import Testing

@testable import LocalServer

@Suite("A local server admits")
struct AdmissionTests {
  /// The status of the refusal of a request with these headers; nil if it is admitted.
  private func status(
    _ headers: [(String, String)], by admission: Admission = .loopback, target: String = "/jobs",
    version: HTTPVersion = .http1_1
  ) -> UInt? {
    admission.refusal(
      of: HTTPRequestHead(version: version, method: .POST, uri: target, headers: HTTPHeaders(headers)))?.status.code
  }

  @Test(
    "requests to a loopback name or address, whatever the port",
    arguments: [
      "localhost", "LocalHost:3000", "localhost.:3000", "a.localhost", "submitjobfunction.lambda-url.localhost:80",
      "127.0.0.1", "127.0.0.1:1", "127.255.255.254:3000", "[::1]", "[::1]:3000", "[0:0:0:0:0:0:0:1]",
      "[::FFFF:127.0.0.1]:3000", "[::ffff:7f00:1]", "localhost:",
    ])
  func loopback(host: String) {
    #expect(status([("host", host)]) == nil)
    #expect(status([("Host", host), ("Origin", "http://\(host)"), ("Sec-Fetch-Site", "same-origin")]) == nil)
  }

  @Test(
    "no other host, in the header or in the request line",
    arguments: [
      "", ".", "::", "evil.example", "localhost.evil.example", "evillocalhost", "127.0.0.1.evil.example", "128.0.0.1",
      "127.0.0.256", "127.0.0", "127.1", "0.0.0.0:3000", "[::]", "[::2]", "[::ffff:10.0.0.1]", "[::1", "192.168.0.1",
      "localhost:evil", "localhost:123456", "localhost@evil.example", "evil.example#localhost",
      "127.0.0.1, evil.example", "localhost localhost", "l\u{f6}calhost", ".localhost", "a..localhost", "localhost..",
      "[localhost]", "[::1].", "[::1]evil", "[127.0.0.1]",
    ])
  func otherHost(host: String) {
    #expect(status([("Host", host)]) == 403)
    #expect(status([("Host", "localhost")], target: "http://\(host)") == 403)
    #expect(status([("Host", "localhost")], target: "http://\(host)?x=http://localhost/") == 403)
  }

  @Test("exactly one Host header; HTTP/1.0 needs none")
  func hostCount() {
    #expect(status([]) == 400)
    #expect(status([("Host", "localhost"), ("host", "localhost")]) == 400)
    #expect(status([], version: .http1_0) == nil)
    #expect(status([("Host", "evil.example")], version: .http1_0) == 403)
    #expect(status([("Host", "localhost"), ("Host", "localhost")], version: .http1_0) == 400)
  }

  @Test("values with spaces around them, as without")
  func spaces() {
    #expect(status([("Host", " localhost:3000\t"), ("Origin", "http://localhost ")]) == nil)
    #expect(status([("Host", "evil.example ")]) == 403)
    #expect(status([("Host", "localhost"), ("Sec-Fetch-Site", "cross-site ")]) == 403)
  }

  @Test("a request whose target names a loopback host", arguments: ["http://localhost:3000/a", "http://[::1]?a", "*"])
  func target(text: String) {
    #expect(status([("Host", "localhost")], target: text) == nil)
    #expect(status([("Host", "evil.example")], target: text) == 403)
  }

  @Test("pages of this machine, even of another site on it")
  func loopbackOrigin() {
    for origin in ["http://localhost:8000", "https://127.0.0.1", "http://[::1]:5173", "HTTP://app.localhost"] {
      for site in ["same-site", "cross-site"] {
        let headers = [("Host", "127.0.0.1:3000"), ("Origin", origin), ("Sec-Fetch-Site", site)]
        #expect(status(headers) == nil, "\(headers)")
      }
    }
  }

  @Test(
    "no pages of another machine",
    arguments: [
      "null", "", "https://evil.example", "http://localhost.evil.example", "http://evil.example:3000", "localhost",
      "file://localhost", "chrome-extension://localhost", "http://localhost/", "http://localhost, http://evil.example",
      "http://evil.example#://localhost",
    ])
  func otherOrigin(origin: String) {
    #expect(status([("Host", "localhost"), ("Origin", origin)]) == 403)
    #expect(status([("Host", "localhost"), ("Origin", "http://localhost"), ("origin", origin)]) == 403)
  }

  @Test("no request without an origin that another site's page caused, such as that for an image")
  func crossSite() {
    #expect(status([("Host", "localhost"), ("Sec-Fetch-Site", "cross-site")]) == 403)
    #expect(status([("Host", "localhost"), ("sec-fetch-site", "Cross-Site")]) == 403)
    for site in ["none", "same-origin", "same-site"] {
      #expect(status([("Host", "localhost"), ("Sec-Fetch-Site", site)]) == nil)
    }
  }

  @Test("the hosts and origins that are named, and pages of a named host itself")
  func named() {
    let admission = Admission(hosts: ["Dev.Example", "10.0.0.1"], origins: ["https://App.example:8443", "app://x"])
    #expect(status([("Host", "dev.example:3000")], by: admission) == nil)
    #expect(status([("Host", "10.0.0.1")], by: admission) == nil)
    #expect(status([("Host", "a.dev.example")], by: admission) == 403)
    for origin in ["https://app.example:8443", "app://x"] {
      #expect(
        status([("Host", "localhost"), ("Origin", origin), ("Sec-Fetch-Site", "cross-site")], by: admission) == nil)
    }
    #expect(status([("Host", "localhost"), ("Origin", "https://app.example")], by: admission) == 403)
    #expect(status([("Host", "dev.example"), ("Origin", "http://dev.example")], by: admission) == nil)
    #expect(status([("Host", "dev.example:80"), ("Origin", "http://dev.example")], by: admission) == nil)
    #expect(status([("Host", "localhost"), ("Origin", "http://app.example:8443")], by: admission) == 403)
    #expect(status([("Host", "evil.example"), ("Origin", "https://app.example:8443")], by: admission) == 403)
    #expect(status([("Host", "dev.example:3000"), ("Origin", "http://dev.example:3000")], by: admission) == nil)
    #expect(status([("Host", "dev.example:3000"), ("Origin", "http://dev.example:4000")], by: admission) == 403)
  }

  @Test("hosts and origins that are named in another form than browsers send")
  func namedOtherwise() {
    let admission = Admission(
      hosts: ["dev.example."], origins: ["https://App.example:443", "http://app.example:80", "http://b.example:443"])
    #expect(status([("Host", "dev.example:3000")], by: admission) == nil)
    for origin in ["https://app.example", "http://app.example", "http://b.example:443"] {
      #expect(status([("Host", "localhost"), ("Origin", origin)], by: admission) == nil)
    }
    #expect(status([("Host", "localhost"), ("Origin", "http://b.example")], by: admission) == 403)
  }

  @Test("what its refusals say how to admit")
  func fixes() {
    let refusal = { (headers: [(String, String)]) in
      Admission(hosts: [], origins: []).refusal(
        of: HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: HTTPHeaders(headers)))?.reason
    }
    #expect(
      refusal([("Host", "Dev.example:3000")])
        == #"the host "Dev.example:3000" is not a loopback name; to serve it, start with --allow-host dev.example"#)
    #expect(
      refusal([("Host", "localhost"), ("Origin", "https://app.example")])?
        .hasSuffix("to admit its pages, start with --allow-origin https://app.example") == true)
    #expect(
      refusal([("Host", "localhost"), ("Origin", "null")])?.hasSuffix("serve the page from http://localhost instead")
        == true)
  }

  @Test("only single hosts and origins as options")
  func options() {
    #expect(["dev.example", "10.0.0.1", "[fe80::1]"].allSatisfy(Admission.isHost))
    #expect(!["", "*", "dev.example:80", "http://dev.example", "a b", "[dev]"].contains(where: Admission.isHost))
    #expect(["http://a", "https://a.b:1", "app://x"].allSatisfy(Admission.isOrigin))
    #expect(!["", "*", "null", "a.b", "http://a/", "http://*", "://a"].contains(where: Admission.isOrigin))
  }
}
