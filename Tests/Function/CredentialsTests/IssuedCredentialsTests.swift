import Platform
import RawJSON
import SigV4
import Testing

@testable import Credentials

@Suite("Issued credentials")
struct IssuedCredentialsTests {
  @Test("are parsed from the container endpoint's response, ignoring other members")
  func whole() throws {
    let issued = try credentials(
      """
      {"RoleArn": "arn:aws:iam::123456789012:role/r", "AccessKeyId": "AKID", "SecretAccessKey": "se\\/cret\\u002b",
       "Token": "to==ken", "Expiration": "2026-11-23T08:25:29Z", "Code": null, "AccountId": 123456789012}
      """)
    #expect(
      issued.credentials == AWSCredentials(accessKeyID: "AKID", secretAccessKey: "se/cret+", sessionToken: "to==ken"))
  }

  @Test("expire at their expiration time")
  func expiration() throws {
    let issued = try credentials(
      #"{"AccessKeyId":"A","SecretAccessKey":"S","Token":"T","Expiration":"2026-11-23T08:25:29Z"}"#)
    let end = 1_795_422_329_000
    #expect(!issued.expires(by: Timestamp(milliseconds: end - 1)))
    #expect(issued.expires(by: Timestamp(milliseconds: end)))
    #expect(issued.expires(by: Timestamp(milliseconds: end + 1)))
  }

  @Test("never expire if they don't say when", arguments: ["", #","Expiration":null"#])
  func forever(expiration: String) throws {
    let issued = try credentials(#"{"AccessKeyId":"A","SecretAccessKey":"S"\#(expiration)}"#)
    #expect(!issued.expires(by: Timestamp(milliseconds: .max)))
    #expect(issued.credentials.sessionToken == nil)
  }

  @Test(
    "throw an error instead of being incomplete if the response is something else",
    arguments: [
      "", "null", "[]", "<html>", #"{"Code":"Failed","Message":"no role"}"#, #"{"AccessKeyId":"A"}"#,
      #"{"SecretAccessKey":"S"}"#,
      #"{"AccessKeyId":null,"SecretAccessKey":"S"}"#, #"{"AccessKeyId":1,"SecretAccessKey":"S"}"#,
      #"{"AccessKeyId":"A","SecretAccessKey":["S"]}"#, #"{"AccessKeyId":"A","SecretAccessKey":"S","Token":{}}"#,
      #"{"AccessKeyId":"A","SecretAccessKey":"S","Expiration":"soon"}"#,
      #"{"AccessKeyId":"A","SecretAccessKey":"S","Expiration":""}"#,
      #"{"AccessKeyId":"A","SecretAccessKey":"S","Expiration":1795422329}"#,
      #"{"accessKeyId":"A","secretAccessKey":"S"}"#,
      #"{"AccessKeyId":"A","SecretAccessKey":"S"} trailing"#,
    ])
  func refuses(json: String) {
    #expect(throws: JSONError.self) { try credentials(json) }
  }

  @Test("have no session token if it is empty: botocore neither sends nor signs that header")
  func emptyToken() throws {
    let issued = try credentials(#"{"AccessKeyId":"A","SecretAccessKey":"S","Token":""}"#)
    #expect(issued.credentials.sessionToken == nil)
  }

  @Test("throw an error if a line break in them would end a header", arguments: ["AccessKeyId", "Token"])
  func lineBreak(member: String) {
    let json = #"{"AccessKeyId":"A","SecretAccessKey":"S","Token":"T","\#(member)":"A\r\nX-Other: b"}"#
    #expect(throws: JSONError.self) { try credentials(json) }
  }

  private func credentials(_ json: String) throws(JSONError) -> IssuedCredentials {
    try IssuedCredentials(json: Array(json.utf8))
  }
}
