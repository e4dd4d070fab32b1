import Testing

@testable import Batch

@Suite("SubmitJob's response")
struct SubmitJobResponseTests {
  @Test("is kept byte for byte, with its job id extracted")
  func whole() throws {
    let body = Array(
      #"{ "jobArn": "arn:aws:batch:us-east-1:1:job/4c1d", "jobId":"4c1d\u002d9a" ,"jobName" : "n", "new":1.50 }"#.utf8)
    let response = try #require(SubmitJobResponse(body: body, attempts: 2))
    #expect(response.body == body)
    #expect(response.jobID == "4c1d-9a")
    #expect(response.attempts == 2)
  }

  @Test(
    "is nil for any other body",
    arguments: [
      "", "null", "[]", "{}", "<html></html>", "\"jobId\"", #"{"jobName":"n"}"#, #"{"jobId":null}"#, #"{"jobId":7}"#,
      #"{"jobId":["4c1d"]}"#,
      #"{"jobId":"4c1d""#, #"{"jobId":"4c1d"}}"#, #"{"JobId":"4c1d"}"#, #"{"jobId":"\ud800"}"#,
      "{\"jobId\":\"4c1d\"}\u{0}",
    ])
  func other(body: String) {
    #expect(SubmitJobResponse(body: Array(body.utf8), attempts: 1) == nil)
  }

  @Test("is nil if the body is not UTF-8")
  func notUTF8() {
    #expect(SubmitJobResponse(body: Array("{\"jobId\":\"".utf8) + [0xff] + Array("\"}".utf8), attempts: 1) == nil)
  }
}
