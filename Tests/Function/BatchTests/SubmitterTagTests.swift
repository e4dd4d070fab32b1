import RawJSON
import Testing

@testable import Batch

@Suite("The submitter's tag")
struct SubmitterTagTests {
  private static let ann = SubmitterTag(key: "submitted-by", value: "principal ann")

  @Test(
    "is merged into the caller's tags, after the request's",
    arguments: [
      ("", nil, #""tags":{"submitted-by":"principal ann"}}"#),
      (#"{"tags":{"k":"v"}}"#, nil, #""tags":{"submitted-by":"principal ann","k":"v"}}"#),
      (
        #"{"tags":{"k":"v"}}"#, "hash",
        #""tags":{"apigw-batch:request":"hash","submitted-by":"principal ann","k":"v"}}"#
      ),
      (#"{"propagateTags":true}"#, nil, #","propagateTags":true,"tags":{"submitted-by":"principal ann"}}"#),
    ] as [(String, String?, String)])
  func merged(members: String, tag: String?, end: String) throws {
    #expect(String(decoding: try request(members, tag: tag).body, as: UTF8.self).hasSuffix(end))
  }

  @Test("is left out if nothing says who the submitter is")
  func unknown() throws {
    let body = try request("{}", submitter: SubmitterTag(key: "submitted-by", value: nil)).body
    #expect(!String(decoding: body, as: UTF8.self).contains("submitted-by"))
  }

  @Test(
    "can't be set by a caller, in any spelling, known or not",
    arguments: ["submitted-by", "Submitted-By", "\\u0073ubmitted-by", "submitted\\u002Dby"],
    [#"tags"#, #"Tags"#, #"t\u0061gs"#])
  func refused(key: String, member: String) {
    for value in ["principal ann", nil] {
      let error = #expect(throws: SubmitJobRequestError.self) {
        try request(#"{"\#(member)":{"\#(key)":"x"}}"#, submitter: SubmitterTag(key: "submitted-by", value: value))
      }
      guard case .submitterTag? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test("leaves similar tags alone", arguments: ["submitted-by ", "submitted_by", "submitted-by:x", "x-submitted-by"])
  func notRefused(key: String) throws {
    _ = try request(#"{"tags":{"\#(key)":"v"},"parameters":{"submitted-by":"v"}}"#)
  }

  @Test("counts toward Batch's limit of tags, together with the request's", arguments: [(48, true), (49, false)])
  func count(count: Int, isAccepted: Bool) throws {
    let members = "{\"tags\":{\((0..<count).map { #""k\#($0)":"v""# }.joined(separator: ","))}}"
    _ = try request(members)
    if isAccepted {
      _ = try request(members, tag: "hash")
    } else {
      #expect(throws: SubmitJobRequestError.tooManyTags(own: 2)) { try request(members, tag: "hash") }
    }
  }

  @Test(
    "marks a job that has exactly its value",
    arguments: [
      (#"{"tags":{"submitted-by":"principal ann"}}"#, true), (#"{"tags":{"submitted-by":"principal\u0020ann"}}"#, true),
      (#"{"tags":{"submitted-by":"principal anna"}}"#, false), (#"{"tags":{"Submitted-By":"principal ann"}}"#, false),
      (#"{"tags":{"submitted-by":null}}"#, false), (#"{"tags":{}}"#, false), ("{}", false),
      (#"{"tags":["submitted-by"]}"#, false), (#"{"submitted-by":"principal ann"}"#, false),
    ])
  func marks(job: String, isMarked: Bool) throws {
    let job = try JSONObject(parsing: Array(job.utf8))
    #expect(Self.ann.marks(job) == isMarked)
    #expect(!SubmitterTag(key: "submitted-by", value: nil).marks(job))
  }

  private func request(
    _ members: String, tag: String? = nil, submitter: SubmitterTag = ann
  ) throws -> SubmitJobRequest {
    try SubmitJobRequest(
      jobQueue: try #require(JobQueueName("q")), jobDefinition: try #require(JobDefinitionName("d")),
      members: Array(members.utf8), id: "8e6f1c2d", requestTag: tag, submitter: submitter)
  }
}
