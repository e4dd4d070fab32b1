import JSONTree
import Testing

@testable import LocalAPIGateway

@Suite("A JSONPath")
struct JSONPathTests {
  /// A shortened version of the document in Jayway JsonPath's examples.
  private static let store = """
    {"store": {"book": [
      {"category": "reference", "author": "Nigel Rees", "price": 8.95},
      {"category": "fiction", "author": "Evelyn Waugh", "price": 12.99},
      {"category": "fiction", "author": "Herman Melville", "isbn": "0-553-21311-3", "price": 8.99}
    ], "bicycle": {"color": "red", "price": 19.95}}, "expensive": 10, "odd name": 1, "it's": 2, "null": null}
    """

  private func value(_ path: String) throws -> String? {
    try JSONPath(path).value(in: JSON(parsing: Array(Self.store.utf8)))?.description
  }

  @Test(
    "that is definite leads to one value",
    arguments: [
      ("$.expensive", "10"), ("expensive", "10"), ("$['expensive']", "10"), ("$[\"odd name\"]", "1"),
      ("['odd name']", "1"), ("$['it\\'s']", "2"), ("$.store.bicycle.color", "\"red\""), ("$.null", "null"),
      ("$.store.book[0].author", "\"Nigel Rees\""), ("$.store.book[-1].author", "\"Herman Melville\""),
      ("$.store['bicycle']", #"{"color":"red","price":19.95}"#), ("$.store.book[ 1 ]['price']", "12.99"),
    ])
  func definite(path: String, json: String) throws {
    #expect(try JSONPath(path).isDefinite)
    #expect(try value(path) == json)
  }

  @Test(
    "that is definite may lead nowhere",
    arguments: [
      "$.nope", "$.store.nope.deep", "$.store.book.author", "$.expensive.x", "$.store.book[3]", "$.expensive[0]",
    ]
  )
  func nowhere(path: String) throws {
    #expect(try value(path) == nil)
  }

  @Test(
    "that isn't definite yields a list",
    arguments: [
      ("$.store.book[*].author", #"["Nigel Rees","Evelyn Waugh","Herman Melville"]"#),
      ("$..price", "[8.95,12.99,8.99,19.95]"), ("$.store.bicycle.*", #"["red",19.95]"#),
      ("$.store..['color']", #"["red"]"#), ("$..book[2].price", "[8.99]"),
      ("$.store.book[0,2].price", "[8.95,8.99]"), ("$.store.book[1:].price", "[12.99,8.99]"),
      ("$.store.book[:1].price", "[8.95]"), ("$.store.book[-2:].price", "[12.99,8.99]"),
      ("$.store.book[5:9]", "[]"), ("$.nope[*]", "[]"),
      ("$.store.bicycle['color', 'price']", #"[{"color":"red","price":19.95}]"#),
      ("$.store.book[?(@.price < 10)].price", "[8.95,8.99]"), ("$.store.book[?(@.isbn)].price", "[8.99]"),
      ("$.store.book[?(!(@.isbn))].price", "[8.95,12.99]"),
      ("$.store.book[?(@.category == 'fiction' && @.price > 10)].author", #"["Evelyn Waugh"]"#),
      ("$.store.book[?(@['price'] >= 12.99 || @.isbn != null)].price", "[8.95,12.99,8.99]"),
      ("$.store.book[?(@.category == \"nope\")]", "[]"),
      ("$.store.book[?((@.price == 8.95 || @.price == 8.99) && @.category != 'fiction')].price", "[8.95]"),
    ])
  func indefinite(path: String, json: String) throws {
    #expect(try !JSONPath(path).isDefinite)
    #expect(try value(path) == json)
  }

  @Test(
    "that can't be parsed is an error with the position",
    arguments: [
      ("$.", "at its end"), ("$..", "at its end"), ("$.a b", #"at " b""#), ("$[", "at its end"),
      ("$['a", #"at "'a""#), ("$[a]", #"at "a]""#), ("$.a.length()", #"at "()""#),
      ("$[?(@.a ~ 1)]", #"at "~ 1)]""#), ("$[?(@.a == )]", #"at ")]""#), ("$$", #"at "$""#),
    ])
  func unreadable(path: String, place: String) {
    let error = #expect(throws: JSONPathError.self) { try JSONPath(path) }
    #expect(error?.reason.contains(place) == true, "\(error?.reason ?? "")")
  }

  @Test(
    "compares strings by UTF-16, and numbers in lists by value",
    arguments: [
      ("$[?(@ == '\u{e9}')]", "[\"\u{e9}\"]"), ("$[?(@ > '\u{ffff}')]", "[]"), ("$[?(@ == 1.0)]", "[1]"),
      ("$[?(@.a == @.b)].b", "[[1]]"),
    ])
  func comparison(path: String, json: String) throws {
    let document = "[\"\u{e9}\", \"e\u{301}\", \"\u{1f600}\", 1, {\"a\": [1.0], \"b\": [1]}]"
    #expect(
      try JSONPath(path).value(in: JSON(parsing: Array(document.utf8)))?.description.utf8.elementsEqual(json.utf8)
        == true)
  }

  @Test("can't take forever or exhaust memory")
  func limits() throws {
    let deep = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
    let document = try JSON(parsing: Array(deep.utf8))
    #expect(throws: JSONPathError.self) { try JSONPath("$..*..*..*..*").value(in: document) }
    #expect(throws: JSONPathError.self) { try JSONPath("$[?" + String(repeating: "(", count: 5000)) }
    let nested = "$" + String(repeating: "[?(@", count: 5000)
    #expect(throws: JSONPathError.self) { try JSONPath(nested) }
  }
}
