import Foundation
import RawJSON
import Testing

@testable import Batch

@Suite("A SubmitJob request")
struct SubmitJobRequestTests {
  /// All members of SubmitJob in botocore's model, except those that the path decides.
  static let members = [
    "jobName", "shareIdentifier", "schedulingPriorityOverride", "arrayProperties", "dependsOn", "parameters",
    "containerOverrides", "nodeOverrides",
    "retryStrategy", "propagateTags", "timeout", "tags", "eksPropertiesOverride", "ecsPropertiesOverride",
    "consumableResourcePropertiesOverride",
  ]

  @Test("without members has the three names that Batch requires", arguments: ["", "{}", " {\n} "])
  func noMembers(members: String) throws {
    let request = try request(members)
    #expect(request.jobName.description == "render-8e6f1c2d")
    #expect(request.jobQueue.description == "reports")
    #expect(request.jobDefinition.description == "render:3")
    #expect(request.givenMembers.isEmpty)
    #expect(
      try decoded(request) as? [String: String]
        == ["jobName": "render-8e6f1c2d", "jobQueue": "reports", "jobDefinition": "render:3"])
  }

  @Test(
    "contains the caller's members byte for byte",
    arguments: [
      #""parameters":{"n":"1.10"},"tags":{"k":"\u00e9"},"retryStrategy":{"attempts":3}"#,
      #""tags" : { "a\/b" :"\ud834\udd1e" } ,"timeout":{"attemptDurationSeconds":1E+2}"#,
      #""parameters":{"big":123456789012345678901234567890,"small":1e-400,"zero":-0,"é":"€"}"#,
      #""x":[ 1.50, null,true , {"a":1,"a":2} ]"#,
      "\"\\u0070arameters\":{}", "\"a\":\"\\ud800\"",
    ])
  func byteForByte(members: String) throws {
    let request = try request("  {\n\(members)\t} ")
    #expect(String(decoding: request.body, as: UTF8.self).contains(members))
    _ = try JSONValue(parsing: request.body)
    let object = try JSONValue(parsing: request.body).object()
    #expect(object.members.count == request.givenMembers.count + 3)
    #expect(try object["jobQueue"]?.string() == "reports")
    #expect(try object["jobDefinition"]?.string() == "render:3")
    #expect(try object["jobName"]?.string() == "render-8e6f1c2d")
  }

  @Test("keeps the caller's job name and doesn't add another", arguments: ["\"mine\"", "\"m\\u0069ne\""])
  func jobName(json: String) throws {
    let request = try request("{\"tags\":{}, \"jobName\" : \(json) }")
    #expect(request.jobName.description == "mine")
    #expect(request.givenMembers == ["tags", "jobName"])
    #expect(String(decoding: request.body, as: UTF8.self).contains("\"jobName\" : \(json)"))
    #expect(try JSONValue(parsing: request.body).object().members.count == 4)
  }

  @Test(
    "accepts every member of SubmitJob, including those that AWS adds later",
    arguments: members.dropFirst() + ["newMember"])
  func allMembers(name: String) throws {
    let request = try request("{\"\(name)\":{\"k\":[1,2]}}")
    #expect(request.givenMembers == [name])
    #expect(String(decoding: request.body, as: UTF8.self).contains("\"\(name)\":{\"k\":[1,2]}"))
  }

  @Test("lists the names of the caller's members, decoded and in order")
  func givenMembers() throws {
    #expect(try request(#"{"b":1,"\u0061":2,"jobName":"x","":3}"#).givenMembers == ["b", "a", "jobName", ""])
  }

  @Test(
    "rejects a member that occurs twice, even when written with escapes",
    arguments: [
      (#"{"tags":{},"tags":{}}"#, "tags"), (#"{"tags":{},"\u0074ags":{}}"#, "tags"),
      (#"{"\u0074ags":{},"a":1,"tags":{}}"#, "tags"),
      (#"{"jobName":"a","jobName":"a"}"#, "jobName"), (#"{"":1,"":1}"#, ""), (#"{"é":1,"\u00e9":1}"#, "é"),
      (#"{"a\/b":1,"a/b":1}"#, "a/b"),
      (#"{"\ud834\udd1e":1,"𝄞":1}"#, "𝄞"),
    ])
  func duplicate(members: String, name: String) {
    #expect(throws: SubmitJobRequestError.duplicateMember(name)) { try request(members) }
  }

  /// A name that counts comparisons.
  private final class CountedName: Hashable {
    nonisolated(unsafe) static var comparisons = 0
    let name: Int

    init(_ name: Int) { self.name = name }

    static func == (one: CountedName, other: CountedName) -> Bool {
      comparisons += 1
      return one.name == other.name
    }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  @Test("finds a repeated member in linear time, because callers decide how many there are")
  func linear() {
    let names = (0..<4000).map(CountedName.init)
    CountedName.comparisons = 0
    #expect(names.firstRepeated == nil)
    // Comparing every pair would take 8 million comparisons.
    #expect(CountedName.comparisons < 40_000)
    #expect((names + [CountedName(3999)]).firstRepeated == CountedName(3999))
  }

  @Test("can have as many members as fit in 30 KiB, and still finds a repeated one")
  func manyMembers() throws {
    let members = (0..<3800).map { #""\#(String($0, radix: 36))":0"# }
    #expect(try request("{\(members.joined(separator: ","))}").givenMembers.count == 3800)
    #expect(throws: SubmitJobRequestError.duplicateMember("0")) {
      try request("{\((members + [#""0":0"#]).joined(separator: ","))}")
    }
  }

  @Test("accepts a name that repeats inside a member, and names that differ in case")
  func nested() throws {
    #expect(
      try request(#"{"tags":{"a":1,"a":1},"Tags":{},"x":{"tags":{},"jobQueue":"q"}}"#).givenMembers == [
        "tags", "Tags", "x",
      ])
  }

  @Test("treats names that only look alike as different")
  func lookalikes() throws {
    #expect(throws: Never.self) { try request("{\"\u{e9}\":1,\"e\u{301}\":1}") }
  }

  @Test(
    "rejects the members that the path decides",
    arguments: [
      (#"{"jobQueue":"other"}"#, "jobQueue"), (#"{"jobDefinition":"other"}"#, "jobDefinition"),
      (#"{"job\u0051ueue":"other"}"#, "jobQueue"),
      (#"{"tags":{},"jobDefinition":null}"#, "jobDefinition"), (#"{"jobQueue":"reports"}"#, "jobQueue"),
    ])
  func memberOfPath(members: String, name: String) {
    let error = #expect(throws: SubmitJobRequestError.self) { try request(members) }
    #expect(error == .memberOfPath(name))
    #expect(error?.description.contains("\"\(name)\"") == true)
  }

  @Test(
    "rejects a job name that Batch would not accept, and never fixes it",
    arguments: [
      "\"\"", "\"-a\"", "\"_a\"", "\"a b\"", "\"a:1\"", "\"é\"", "null", "7", "[\"a\"]", "{}", "true", "\"\\ud800\"",
      "\"a\\u0000\"", "\"\(String(repeating: "n", count: 129))\"",
    ])
  func badJobName(json: String) {
    #expect(throws: SubmitJobRequestError.badJobName) { try request("{\"jobName\":\(json)}") }
  }

  @Test(
    "rejects a body that is not a JSON object, and says where the fault is",
    arguments: [
      ("null", .expected(.object), 0), ("[]", .expected(.object), 0), (" \"a\"", .expected(.object), 1),
      ("1", .expected(.object), 0),
      (" ", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1), ("{\"a\":1,}", .unexpectedByte, 7),
      ("{\"a\":NaN}", .unexpectedByte, 5),
      ("{} {}", .trailingValue, 3), ("{\"a\u{0}\":1}", .controlCharacter, 3), ("{\"\\ud800\":1}", .loneSurrogate, 2),
      ("a=b&c=d", .unexpectedByte, 0),
      ("{\"a\":01}", .badNumber, 5),
    ] as [(String, JSONError.Reason, Int)])
  func notJSON(members: String, reason: JSONError.Reason, offset: Int) {
    let error = #expect(throws: SubmitJobRequestError.self) { try request(members) }
    guard case .notJSON(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.reason == reason)
    #expect(cause.offset == offset)
  }

  @Test("can be 30 KiB, but not one byte more")
  func size() throws {
    let overhead = try request(padded(0)).body.count
    let most = 30 * 1024 - overhead
    #expect(try request(padded(most)).body.count == 30 * 1024)
    for extra in [1, 2, 100_000] {
      let error = #expect(throws: SubmitJobRequestError.self) { try request(padded(most + extra)) }
      guard case .tooLarge(let bytes) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect((30 * 1024 + 1...30 * 1024 + extra).contains(bytes))
      #expect(error?.description.contains("\(bytes) bytes") == true)
    }
  }

  @Test("counts its size in bytes as sent, including white space between members")
  func sizeInBytes() throws {
    let overhead = try request(padded(0)).body.count
    let most = 30 * 1024 - overhead
    #expect(try request(padded(most / 2, with: "é")).body.count <= 30 * 1024)
    #expect(throws: SubmitJobRequestError.self) { try request(padded(most / 2 + 1, with: "é")) }
    #expect(throws: SubmitJobRequestError.self) {
      try request("{\"a\":1,\(String(repeating: " ", count: 30 * 1024))\"b\":2}")
    }
    #expect(
      try request("\(String(repeating: " ", count: 40_000)){\"a\":1\(String(repeating: " ", count: 40_000))}").body
        .count < 200)
  }

  private func padded(_ count: Int, with text: String = "x") -> String {
    "{\"parameters\":{\"p\":\"\(String(repeating: text, count: count))\"}}"
  }

  private func request(_ members: String) throws -> SubmitJobRequest {
    try SubmitJobRequest(
      jobQueue: try #require(JobQueueName("reports")), jobDefinition: try #require(JobDefinitionName("render:3")),
      members: Array(members.utf8), id: "8e6f1c2d-3b4a-4d5e-9f00-112233445566")
  }

  private func decoded(_ request: SubmitJobRequest) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
  }
}
