import Batch
import Platform
import ProxyEvents
import RawJSON
import Testing

@testable import JobAPI

@Suite("The query of a list")
struct ListQueryTests {
  @Test(
    "is left to Batch as far as it can, which takes a state or one filter",
    arguments: [
      ("", "createdAfter 0"), ("status=RUNNING", "status RUNNING"), ("status=RUNNING,FAILED", "createdAfter 0"),
      ("status=RUNNING&status=RUNNING", "status RUNNING"), ("name=a", "name a"), ("name=a*&status=FAILED", "name a*"),
      ("createdAfter=7", "createdAfter 7"), ("createdBefore=7", "createdBefore 7"),
      ("createdBefore=7&createdAfter=3&status=FAILED", "createdBefore 7"), ("createdAfter=3&name=a", "name a"),
      ("createdAfter=2026-11-23T08:25:29Z", "createdAfter 1795422329000"),
      ("createdAfter=1970-01-01T00%3A00%3A01%2B00%3A00", "createdAfter 1000"), ("limit=7", "createdAfter 0"),
    ])
  func restriction(query: String, restriction: String) throws {
    let text =
      switch try parse(query).restriction {
      case .status(let status): "status \(status)"
      case .name(let name): "name \(name)"
      case .createdBefore(let time): "createdBefore \(time.milliseconds)"
      case .createdAfter(let time): "createdAfter \(time.milliseconds)"
      }
    #expect(text == restriction)
  }

  private static let job = #"{"jobName":"render-1","status":"FAILED","createdAt":1000}"#

  @Test(
    "decides about each job what Batch didn't",
    arguments: [
      ("", true), ("status=FAILED", true), ("status=RUNNING", false), ("status=RUNNING,FAILED", true),
      ("name=render-1", true), ("name=Render-1", false), ("name=render", false), ("name=render*", true),
      ("name=render-1*", true), ("name=R*", false), ("createdAfter=999", true), ("createdAfter=1000", false),
      ("createdBefore=1001", true), ("createdBefore=1000", false), ("createdBefore=1001&createdAfter=999", true),
      ("name=render*&status=RUNNING", false), ("X-Amz-Signature=x&x-amz-date=y", true),
    ])
  func includes(query: String, isIncluded: Bool) throws {
    #expect(try parse(query).includes(JSONObject(parsing: Array(Self.job.utf8))) == isIncluded)
  }

  @Test(
    "is refused by name rather than ignored",
    arguments: [
      ("state=RUNNING", "\"state\""), ("status=running", "status"), ("status=", "status"),
      ("status=RUNNING,", "status"),
      ("Status=RUNNING", "\"Status\""), ("limit=0", "limit"), ("limit=101", "limit"), ("limit=+5", "limit"),
      ("limit=5&limit=5", "limit"), ("name=", "name"), ("name=*", "name"), ("name=a**", "name"), ("name=a%20b", "name"),
      ("name=a&name=b", "name"), ("createdAfter=yesterday", "createdAfter"), ("createdAfter=-1", "createdAfter"),
      ("createdBefore=2026-11-23T08:25:29.1234Z", "createdBefore"),
      ("createdBefore=2026-02-30T00:00:00Z", "createdBefore"),
      ("createdAfter=123456789012345", "createdAfter"), ("nextToken=x", "nextToken"), ("nextToken=", "nextToken"),
      ("a%0Ab=1", "\"a"),
    ])
  func refused(query: String, name: String) throws {
    let failure = try #require(throws: Failure.self) { try parse(query) }
    guard case .parameter(let error) = failure else {
      Issue.record("\(failure)")
      return
    }
    #expect("\(error)".contains(name))
  }

  @Test("reads milliseconds, as JavaScript's toISOString() writes them")
  func milliseconds() throws {
    let job = try JSONObject(parsing: Array(Self.job.utf8))
    #expect(try parse("createdAfter=1970-01-01T00:00:00.999Z").includes(job))
    #expect(try !parse("createdAfter=1970-01-01T00:00:01.000Z").includes(job))
  }

  @Test("refers to the next page as AWS signs it: escaped, and sorted by name")
  func reference() throws {
    let list = try parse("status=FAILED,RUNNING&name=a*&limit=5&createdBefore=9&createdAfter=1")
    #expect(
      list.reference("a b+")
        == "?createdAfter=1&createdBefore=9&limit=5&name=a%2A&nextToken=a%20b%2B&status=RUNNING%2CFAILED")
    // The order of the states makes no other list.
    let token = list.nextToken("t", list: "q ")
    let same = "status=RUNNING&status=FAILED&name=a*&createdBefore=9&createdAfter=1&nextToken=\(token.percentEncoded())"
    #expect(try parse(same).token == "t")
  }

  @Test("continues with a token of the same list alone")
  func token() throws {
    for query in ["status=RUNNING,FAILED", "name=a*&createdAfter=1&createdBefore=9", ""] {
      let list = try parse(query)
      let token = list.nextToken("batch's/own+token==", list: "q ")
      let next = list.reference(token)
      #expect(next.hasPrefix("?"))
      #expect(try parse(String(next.dropFirst())).token == "batch's/own+token==")
      #expect(try parse(String(next.dropFirst()).replacing("limit=100", with: "limit=5")).limit == 5)
      for (query, name) in [
        (next + "&createdAfter=7", "q "), (next.replacing("name=a", with: "name=b"), "q "), (next, "q2 "),
        (next, "q ann"),
      ] {
        if query == next, name == "q " { continue }
        #expect(throws: Failure.self) { try parse(String(query.dropFirst()), list: name) }
      }
    }
  }

  private func parse(_ query: String, list: String = "q ") throws -> ListQuery {
    let event = """
      {"version":"2.0","rawPath":"/queues/q/jobs","rawQueryString":"\(query)",
       "requestContext":{"http":{"method":"GET"}}}
      """
    return try ListQuery(try ProxyRequest(event: Array(event.utf8)), list: list)
  }
}
