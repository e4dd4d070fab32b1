import Testing

@testable import Comparison

@Suite("The members that are meant to reach Batch")
struct IntendedMembersTests {
  private let good = IntendedMembers.Path(jobQueue: "q", jobDefinition: "d")

  private func injected(
    _ body: String, by caller: String = "{}", own: String? = #"{"jobName":"n","jobQueue":"q","jobDefinition":"d"}"#,
    jobQueue: String = "q", jobDefinition: String = "d"
  ) -> [String] {
    IntendedMembers(ofGood: own.map { Array($0.utf8) }, path: good).injected(
      into: Array(body.utf8), by: Array(caller.utf8),
      path: IntendedMembers.Path(jobQueue: jobQueue, jobDefinition: jobDefinition))
  }

  @Test("are the path's queue and definition, and a name")
  func path() {
    #expect(
      injected(#"{"jobName":"x","jobQueue":"q2","jobDefinition":"d:1"}"#, jobQueue: "q2", jobDefinition: "d:1") == [])
    #expect(injected(#"{"jobName":"x","jobQueue":"q2","jobDefinition":"d"}"#) == ["jobQueue"])
    #expect(injected(#"{"jobQueue":"q","jobDefinition":"other"}"#) == ["jobDefinition"])
    #expect(injected(#"{"jobQueue":7}"#) == ["jobQueue"])
  }

  @Test("are what a template makes of the path, be it an ARN or always the same")
  func targets() {
    let own = #"{"jobQueue":"arn:queue/q","jobDefinition":"constant"}"#
    #expect(injected(#"{"jobQueue":"arn:queue/r","jobDefinition":"constant"}"#, own: own, jobQueue: "r") == [])
    #expect(
      injected(#"{"jobQueue":"r","jobDefinition":"d"}"#, own: own, jobQueue: "r") == ["jobQueue", "jobDefinition"])
  }

  @Test("are those of the caller's that callers may set")
  func given() {
    let caller = #"{"timeout":{},"t\u0061gs":{},"containerOverrides":{}}"#
    #expect(injected(#"{"timeout":{},"tags":{}}"#, by: caller) == [])
    #expect(injected(#"{"containerOverrides":{}}"#, by: caller) == ["containerOverrides"])
    #expect(injected(#"{"timeout":{}}"#) == ["timeout"])
  }

  @Test("are those that the variant itself adds")
  func own() {
    let own = #"{"jobQueue":"q","jobDefinition":"d","containerOverrides":{}}"#
    #expect(injected(#"{"containerOverrides":{},"nonsense":1}"#, own: own) == ["nonsense"])
    #expect(injected(#"{"containerOverrides":{}}"#, own: nil) == ["containerOverrides"])
  }

  @Test("are none in what is no JSON, which Batch refuses")
  func noJSON() {
    #expect(injected(#"{"containerOverrides":{}"#) == [])
    #expect(injected("[]") == [])
  }

  @Test("are there when they have the caller's values, however they are written")
  func missing() {
    let caller = MemberList(Array(#"{"a":{"x":"ü","y":[1]},"b":2,"c":null}"#.utf8))
    #expect(caller.missing(from: [MemberList(Array(#"{"c":null,"b":2.0,"a":{"y": [1],"x":"\u00fc"}}"#.utf8))]) == [])
    #expect(caller.missing(from: [MemberList(Array(#"{"a":{"x":"u","y":[1]},"b":2}"#.utf8))]) == ["a", "c"])
    #expect(caller.missing(from: []) == ["a", "b", "c"])
    #expect(MemberList(Array("[]".utf8)).missing(from: []) == [])
  }
}
