import Platform
import Testing

@testable import HTTPTransport

@Suite("The proxies of the environment")
struct ProxyVariablesTests {
  @Test(
    "keep libcurl's words when their URLs are unambiguous",
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
    "replace libcurl's words when a part of the password may be read as a host or a port",
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
    #expect(message.hasPrefix("general; check the URL in https_proxy"))
  }

  @Test("are looked at under every name that libcurl knows, and may be absent or empty")
  func names() {
    for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"] {
      #expect(ProxyVariables(environment: Environment([name: "a b"])).unclear == name)
    }
    #expect(ProxyVariables(environment: Environment([:])).unclear == nil)
    #expect(ProxyVariables(environment: Environment(["https_proxy": ""])).unclear == nil)
  }

  private func proxies(_ value: String) -> ProxyVariables {
    ProxyVariables(environment: Environment(["https_proxy": value]))
  }
}
