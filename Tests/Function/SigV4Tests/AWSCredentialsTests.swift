import SigV4
import Testing

@Suite("Credentials")
struct AWSCredentialsTests {
  private struct Holder {
    var credentials: AWSCredentials?
  }

  @Test("show only the access key id, never the secret or the session token")
  func secrets() {
    let credentials = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "TheSecret", sessionToken: "TheToken")
    var dumped = ""
    dump(credentials, to: &dumped)
    dump(Holder(credentials: credentials), to: &dumped)
    let texts = [
      "\(credentials)", String(describing: credentials), String(reflecting: credentials), "\([credentials])",
      "\(Optional(credentials) as Any)", "\(Holder(credentials: credentials))",
      String(reflecting: Holder(credentials: credentials)), "\(["key": credentials])", dumped,
    ]
    for text in texts {
      #expect(text.contains("AKIDEXAMPLE"))
      #expect(!text.contains("TheSecret"))
      #expect(!text.contains("TheToken"))
    }
  }

  @Test("are equal if all their parts are")
  func equality() {
    let credentials = AWSCredentials(accessKeyID: "A", secretAccessKey: "B", sessionToken: "C")
    #expect(credentials == AWSCredentials(accessKeyID: "A", secretAccessKey: "B", sessionToken: "C"))
    #expect(credentials != AWSCredentials(accessKeyID: "A", secretAccessKey: "B"))
    #expect(credentials != AWSCredentials(accessKeyID: "A", secretAccessKey: "X", sessionToken: "C"))
  }
}
