import SigV4
import Testing

@Suite("Credentials")
struct AWSCredentialsTests {
  private struct Holder {
    var credentials: AWSCredentials?
  }

  @Test("never show the secret or the session token, only the access key")
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

  @Test("are equal when all their parts are")
  func equality() {
    let credentials = AWSCredentials(accessKeyID: "A", secretAccessKey: "B", sessionToken: "C")
    #expect(credentials == AWSCredentials(accessKeyID: "A", secretAccessKey: "B", sessionToken: "C"))
    #expect(credentials != AWSCredentials(accessKeyID: "A", secretAccessKey: "B"))
    #expect(credentials != AWSCredentials(accessKeyID: "A", secretAccessKey: "X", sessionToken: "C"))
  }
}
