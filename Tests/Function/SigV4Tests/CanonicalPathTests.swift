import SigV4
import Testing

@Suite("A canonical path")
struct CanonicalPathTests {
  @Test(
    "is the same as botocore's for the path as sent",
    arguments: [
      ("", "/"), ("/", "/"), ("/v1/submitjob", "/v1/submitjob"), ("/prod/", "/prod/"), ("/-._~aZ9", "/-._~aZ9"),
      ("/a:b", "/a%3Ab"), ("/a%3Ab", "/a%253Ab"), ("/a%3ab", "/a%253ab"), ("/a%2Fb", "/a%252Fb"),
      ("/@c=", "/%40c%3D"), ("/é", "/%C3%A9"), ("/a*b+c", "/a%2Ab%2Bc"),
    ])
  func encodes(path: String, canonical: String) {
    #expect(CanonicalRequest.canonicalPath(path) == canonical)
  }
}
