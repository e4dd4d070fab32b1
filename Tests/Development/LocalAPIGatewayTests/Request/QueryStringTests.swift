import Testing

@testable import LocalAPIGateway

@Suite("The parameters of a query")
struct QueryStringTests {
  @Test(
    "are decoded once",
    arguments: [
      (nil, []), ("", []), ("a", ["a="]), ("a=", ["a="]), ("=b", ["=b"]), ("a=b=c", ["a=b=c"]), ("&a=1&&", ["a=1"]),
      ("a%20b=%2B+", ["a b=+ "]), ("a=%252F", ["a=%2F"]), ("a=%zz&b=%", ["a=%zz", "b=%"]), ("a=%ff", ["a=%ff"]),
      ("b=2&a=1&b=3", ["b=2,3", "a=1"]), ("%61=1&a=2", ["a=1,2"]), ("a=%C3%A9", ["a=é"]), ("a;b=1", ["a;b=1"]),
    ] as [(String?, [String])])
  func decoded(query: String?, parameters: [String]) {
    let decoded = QueryString(query).parameters.map { "\($0.name)=\($0.values.joined(separator: ","))" }
    #expect(decoded == parameters)
  }
}
