import Platform
import Testing

@testable import HTTPTransport

@Suite("The proxies of the environment")
struct ProxyVariablesTests {
  @Test(
    "keep libcurl's message if their URLs are unambiguous",
    arguments: [
      "proxy.example.com", "proxy.example.com:3128", "http://proxy:3128", "http://proxy:3128/", "HTTPS://Proxy",
      "socks5h://10.0.0.1:1080", "http://[::1]:3128", "http://user:secret@proxy:3128", "user:s%40cret@proxy",
      "http://u@h",
    ])
  func clear(value: String) {
    #expect(ProxyVariables.isClear(value))
    #expect(proxies(value).safe("words", or: "general") == "words")
  }

  @Test(
    "replace libcurl's message if part of the password may be read as a host or a port",
    arguments: [
      "http://user:secret", "http://user:12/secret@proxy", "http://user:sec@ret@proxy", "user:sec#ret@proxy",
      "http://user:sec?ret@proxy", "http://user:sec\\ret@proxy", "http://user:sec ret@proxy", "ftp://user:secret@proxy",
      "http://user:secret@proxy:0", "http://user:secret@proxy:x", "http://user:secret@pro xy", "http://user:secret@",
      "http://user:secret@[::1", "http:/user:secret@proxy", "http://http://user:secret@proxy", "://user:secret@proxy",
      "http://user:sécret@proxy", "http://user:secret@proxy/path",
    ])
  func unclear(value: String) {
    #expect(!ProxyVariables.isClear(value))
    let message = proxies(value).safe("words", or: "general")
    #expect(message.contains("general") && message.contains("check https_proxy: percent-encode"))
    let error = TransportError(requestWasSent: false, cause: .notConnected, message: message)
    #expect(error.message == message, "the advice looks like user info")
  }

  @Test(
    "are read from the variables that libcurl reads for the scheme",
    arguments: [
      ("https_proxy", true), ("HTTPS_PROXY", true), ("http_proxy", false), ("all_proxy", true), ("ALL_PROXY", false),
    ])
  func names(name: String, isSecure: Bool) {
    #expect(proxies([name: "a b"], isSecure: isSecure).unclear == name)
  }

  @Test(
    "don't matter if another one is used, and can be missing or empty",
    arguments: [
      [:], ["https_proxy": ""], ["http_proxy": "a b"], ["HTTP_PROXY": "a b"],
      ["https_proxy": "http://proxy", "all_proxy": "a b"],
    ])
  func unused(variables: [String: String]) {
    #expect(proxies(variables, isSecure: true).unclear == nil)
  }

  private func proxies(_ value: String) -> ProxyVariables {
    proxies(["https_proxy": value], isSecure: true)
  }

  private func proxies(_ variables: [String: String], isSecure: Bool) -> ProxyVariables {
    ProxyVariables(environment: Environment(variables), isSecure: isSecure)
  }
}
