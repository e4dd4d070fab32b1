import Platform
import Testing

@Suite("User info in a text")
struct UserInfoTests {
  @Test(
    "is redacted up to the last @, whatever it contains",
    arguments: [
      ("http://user:secret@host:80/p", "http://[redacted]@host:80/p"),
      ("Unsupported proxy syntax in 'http://user:secret@host:x': Bad port", "'http://[redacted]@host:x': Bad port"),
      ("in 'http://us@er:se'cr et/?#@host'", "'http://[redacted]@host'"),
      ("in 'user:secret@host'", "in '[redacted]@host'"),
      ("to user:secret@host", "to [redacted]@host"),
      ("user:secret@host", "[redacted]@host"),
      ("ftp://user:secret@[::1]", "ftp://[redacted]@[::1]"),
      ("http://\u{301}user:secret@\u{301}host", "http://[redacted]@\u{301}host"),
    ])
  func redacted(text: String, end: String) {
    let result = text.redactingUserInfo
    #expect(result.utf8.suffix(end.utf8.count).elementsEqual(end.utf8), "\(result)")
    #expect(!result.contains("secret") && !result.contains("user"))
  }

  @Test("is not found in a text without an @", arguments: ["", "Could not resolve host: x", "http://host/a?b"])
  func none(text: String) {
    #expect(text.redactingUserInfo == text)
  }
}
