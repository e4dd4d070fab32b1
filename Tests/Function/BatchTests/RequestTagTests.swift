import Foundation
import Testing

@testable import Batch

@Suite("The tag of a request's job")
struct RequestTagTests {
  @Test(
    "is merged into the caller's tags, and every other byte stays",
    arguments: [
      ("", #""tags":{"apigw-batch:request":"hash"}}"#), ("{}", #""tags":{"apigw-batch:request":"hash"}}"#),
      (#"{"a":1.0}"#, #","a":1.0,"tags":{"apigw-batch:request":"hash"}}"#),
      (#"{"tags":{}}"#, #","tags":{"apigw-batch:request":"hash"}}"#),
      (#"{"tags" : { } , "a" : 1.0}"#, #","tags" : {"apigw-batch:request":"hash"} , "a" : 1.0}"#),
      (
        #"{"a":{"tags":{"x":1}},"tags":{ "k" : "\u00e9" }}"#,
        #","a":{"tags":{"x":1}},"tags":{"apigw-batch:request":"hash","k" : "\u00e9"}}"#
      ),
      (#"{"tags":null}"#, #","tags":{"apigw-batch:request":"hash"}}"#),
      (#"{"\u0074ags":{"k":"v"}}"#, #","\u0074ags":{"apigw-batch:request":"hash","k":"v"}}"#),
    ])
  func merged(members: String, end: String) throws {
    let body = try request(members, tag: "hash").body
    #expect(String(decoding: body, as: UTF8.self).hasSuffix(end))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(body)) }
    #expect(try !String(decoding: request(members).body, as: UTF8.self).contains("apigw-batch"))
  }

  @Test(
    "and its prefix are refused from callers, with and without a key",
    arguments: [
      "apigw-batch:request", "apigw-batch:", "apigw-batch:x", "APIGW-Batch:request", "\\u0061pigw-batch:request",
    ])
  func reserved(key: String) {
    for tag in [nil, "hash"] {
      let error = #expect(throws: SubmitJobRequestError.self) {
        try request(#"{"tags":{"a":"b","\#(key)":"forged"}}"#, tag: tag)
      }
      guard case .reservedTag? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test(
    "leaves other tags alone", arguments: ["apigw-batch", "apigw_batch:request", "x-apigw-batch:request", "request"])
  func notReserved(key: String) throws {
    _ = try request(#"{"tags":{"\#(key)":"v"},"parameters":{"apigw-batch:request":"v"}}"#)
  }

  @Test("needs one of the 50 tags that Batch accepts", arguments: [(49, true), (50, false), (51, false)])
  func count(count: Int, isAccepted: Bool) throws {
    let tags = (0..<count).map { #""k\#($0)":"v""# }.joined(separator: ",")
    _ = try request("{\"tags\":{\(tags)}}")
    if isAccepted {
      _ = try request("{\"tags\":{\(tags)}}", tag: "hash")
    } else {
      #expect(throws: SubmitJobRequestError.tooManyTags(own: 1)) { try request("{\"tags\":{\(tags)}}", tag: "hash") }
    }
  }

  @Test("can't be added to tags that are not an object", arguments: ["[]", "\"a\"", "1", "true"])
  func badTags(value: String) throws {
    _ = try request("{\"tags\":\(value)}")
    #expect(throws: SubmitJobRequestError.badTags) { try request("{\"tags\":\(value)}", tag: "hash") }
  }

  @Test("counts toward Batch's size limit")
  func size() throws {
    let overhead = try request(#"{"parameters":{"p":""}}"#).body.count
    let members = #"{"parameters":{"p":"\#(String(repeating: "x", count: SubmitJobRequest.maximumSize - overhead))"}}"#
    #expect(try request(members).body.count == SubmitJobRequest.maximumSize)
    let error = #expect(throws: SubmitJobRequestError.self) { try request(members, tag: "hash") }
    guard case .tooLarge? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private func request(_ members: String, tag: String? = nil) throws -> SubmitJobRequest {
    try SubmitJobRequest(
      jobQueue: try #require(JobQueueName("q")), jobDefinition: try #require(JobDefinitionName("d")),
      members: Array(members.utf8), id: "8e6f1c2d", requestTag: tag)
  }
}
