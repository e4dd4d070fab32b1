import Testing

@testable import Batch

@Suite("SubmitJob's answer")
struct SubmitJobResponseTests {
  @Test("is kept byte for byte, and its job id is read")
  func whole() throws {
    let body = Array(
      #"{ "jobArn": "arn:aws:batch:us-east-1:1:job/4c1d", "jobId":"4c1d\u002d9a" ,"jobName" : "n", "new":1.50 }"#.utf8)
    let response = try #require(SubmitJobResponse(body: body, attempts: 2))
    #expect(response.body == body)
    #expect(response.jobID == "4c1d-9a")
    #expect(response.attempts == 2)
  }

  @Test(
    "is none when it is anything else",
    arguments: [
      "", "null", "[]", "{}", "<html></html>", "\"jobId\"", #"{"jobName":"n"}"#, #"{"jobId":null}"#, #"{"jobId":7}"#,
      #"{"jobId":["4c1d"]}"#,
      #"{"jobId":"4c1d""#, #"{"jobId":"4c1d"}}"#, #"{"JobId":"4c1d"}"#, #"{"jobId":"\ud800"}"#,
      "{\"jobId\":\"4c1d\"}\u{0}",
    ])
  func other(body: String) {
    #expect(SubmitJobResponse(body: Array(body.utf8), attempts: 1) == nil)
  }

  @Test("is none when it is not UTF-8")
  func notUTF8() {
    #expect(SubmitJobResponse(body: Array("{\"jobId\":\"".utf8) + [0xff] + Array("\"}".utf8), attempts: 1) == nil)
  }
}
