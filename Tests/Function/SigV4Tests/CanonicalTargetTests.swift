import SigV4
import Testing

@Suite("What a request is sent to, in canonical form")
struct CanonicalTargetTests {
  @Test(
    "has the path of botocore for the path as sent",
    arguments: [
      ("", "/"), ("/", "/"), ("/v1/submitjob", "/v1/submitjob"), ("/prod/", "/prod/"), ("/-._~aZ9", "/-._~aZ9"),
      ("/a:b", "/a%3Ab"), ("/a%3Ab", "/a%253Ab"), ("/a%3ab", "/a%253ab"), ("/a%2Fb", "/a%252Fb"),
      ("/@c=", "/%40c%3D"), ("/é", "/%C3%A9"), ("/a*b+c", "/a%2Ab%2Bc"),
    ])
  func path(sent: String, canonical: String) {
    #expect(CanonicalRequest.canonicalPath(sent) == canonical)
  }

  @Test(
    "has the query's parameters encoded in one way, sorted, and each with a value",
    arguments: [
      ("", ""), ("a=1", "a=1"), ("b=2&a=1", "a=1&b=2"), ("a=2&a=1", "a=1&a=2"), ("a=&a", "a=&a="), ("flag", "flag="),
      ("a=%2f%7E", "a=%2F~"), ("a=é", "a=%C3%A9"), ("a=b=c", "a=b%3Dc"), ("B=1&a=1", "B=1&a=1"), ("a=%zz", "a=%25zz"),
      ("a-b=1&a=2", "a=2&a-b=1"), ("&&a=1&", "a=1"),
    ])
  func query(sent: String, canonical: String) {
    #expect(CanonicalRequest.canonicalQuery(sent) == canonical)
  }
}
