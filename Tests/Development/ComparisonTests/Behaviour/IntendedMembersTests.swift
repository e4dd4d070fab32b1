import JSONTree
import Testing

@testable import Comparison

@Suite("The intended members")
struct IntendedMembersTests {
  /// `own` is what a variant sends for the path q/d, and `other` what it sends for s/e.
  private func injected(
    _ body: String, by caller: String = "{}", own: String? = #"{"jobName":"n","jobQueue":"q","jobDefinition":"d"}"#,
    other: String? = nil, jobQueue: String = "q", jobDefinition: String = "d"
  ) -> [String] {
    IntendedMembers(
      of: .init(path: SubmitPath(jobQueue: "q", jobDefinition: "d"), body: own.map { Array($0.utf8) }),
      and: .init(path: SubmitPath(jobQueue: "s", jobDefinition: "e"), body: other.map { Array($0.utf8) })
    ).injected(
      into: Array(body.utf8), by: Array(caller.utf8),
      path: SubmitPath(jobQueue: jobQueue, jobDefinition: jobDefinition))
  }

  @Test("include the path's queue and definition, and a job name")
  func path() {
    #expect(
      injected(#"{"jobName":"x","jobQueue":"q2","jobDefinition":"d:1"}"#, jobQueue: "q2", jobDefinition: "d:1") == [])
    #expect(injected(#"{"jobName":"x","jobQueue":"q2","jobDefinition":"d"}"#) == ["jobQueue"])
    #expect(injected(#"{"jobQueue":"q","jobDefinition":"other"}"#) == ["jobDefinition"])
    #expect(injected(#"{"jobQueue":7}"#) == ["jobQueue"])
  }

  @Test("include what a mapping template derives from the path, such as an ARN, and constants")
  func targets() {
    let own = #"{"jobQueue":"arn:queue/q","jobDefinition":"constant"}"#
    #expect(injected(#"{"jobQueue":"arn:queue/r","jobDefinition":"constant"}"#, own: own, jobQueue: "r") == [])
    #expect(
      injected(#"{"jobQueue":"r","jobDefinition":"d"}"#, own: own, jobQueue: "r") == ["jobQueue", "jobDefinition"])
  }

  @Test("may have the path's names as they were sent or decoded")
  func encoded() {
    #expect(injected(#"{"jobQueue":"q%22%C3%BC","jobDefinition":"d"}"#, jobQueue: "q\"ü") == [])
    #expect(injected(#"{"jobQueue":"q\"ü","jobDefinition":"d"}"#, jobQueue: "q\"ü") == [])
    #expect(injected(#"{"jobQueue":"q%22","jobDefinition":"d"}"#, jobQueue: "q\"ü") == ["jobQueue"])
  }

  @Test("include the caller's members that callers may set")
  func given() {
    let caller = #"{"timeout":{},"t\u0061gs":{},"containerOverrides":{}}"#
    #expect(injected(#"{"timeout":{},"tags":{}}"#, by: caller) == [])
    #expect(injected(#"{"containerOverrides":{}}"#, by: caller) == ["containerOverrides"])
    #expect(injected(#"{"timeout":{}}"#) == ["timeout"])
  }

  @Test("include those that the variant itself adds")
  func own() {
    let own = #"{"jobQueue":"q","jobDefinition":"d","containerOverrides":{}}"#
    #expect(injected(#"{"containerOverrides":{},"nonsense":1}"#, own: own) == ["nonsense"])
    #expect(injected(#"{"containerOverrides":{}}"#, own: nil) == ["containerOverrides"])
  }

  @Test("must have the values that the variant itself gives them")
  func values() {
    let own = #"{"jobQueue":"q","jobDefinition":"d","containerOverrides":{"command":["a"],"environment":[]}}"#
    #expect(injected(#"{"containerOverrides":{"environment":[ ],"command":["\u0061"]}}"#, own: own) == [])
    #expect(injected(#"{"containerOverrides":{"command":["b"],"environment":[]}}"#, own: own) == ["containerOverrides"])
    // Of duplicate members, Batch uses the last one.
    #expect(
      injected(
        #"{"containerOverrides":{"command":["a"],"environment":[]},"containerOverrides":{"command":["b"]}}"#, own: own)
        == ["containerOverrides"])
    #expect(injected(#"{"tags":{"by":"x"}}"#, own: #"{"tags":{"by":"a"}}"#) == ["tags"])
    #expect(injected(#"{"tags":{"by":"x"}}"#, by: #"{"tags":{"by":"x"}}"#, own: #"{"tags":{"by":"a"}}"#) == [])
  }

  @Test("must follow the path exactly where the variant does so")
  func following() {
    let own = #"{"jobQueue":"always-q","jobDefinition":"d","tags":{"to":["q","d"],"by":"a"}}"#
    let other = #"{"jobQueue":"always-q","jobDefinition":"e","tags":{"to":["s","e"],"by":"a"}}"#
    let body = #"{"jobQueue":"always-q","jobDefinition":"d","tags":{"to":["r","d"],"by":"a"}}"#
    #expect(injected(body, own: own, other: other, jobQueue: "r") == [])
    #expect(injected(body, own: own, other: other) == ["tags"])
    #expect(
      injected(body.replacing("always-q", with: "always-r"), own: own, other: other, jobQueue: "r") == ["jobQueue"])
  }

  @Test("may have a different value each time, such as an id")
  func varying() {
    let own = #"{"jobQueue":"q","jobDefinition":"d","tags":{"id":"1"}}"#
    let other = #"{"jobQueue":"s","jobDefinition":"e","tags":{"id":"2"}}"#
    #expect(injected(#"{"tags":{"id":"3"},"timeout":{}}"#, own: own, other: other) == ["timeout"])
  }

  @Test("are not checked in a body that isn't a JSON object, which Batch rejects")
  func noJSON() {
    #expect(injected(#"{"containerOverrides":{}"#) == [])
    #expect(injected("[]") == [])
  }

  @Test("count as present if they have the caller's values, however they are written")
  func missing() {
    let caller = MemberList(Array(#"{"a":{"x":"ü","y":[1]},"b":2,"c":null}"#.utf8))
    #expect(caller.missing(from: [MemberList(Array(#"{"c":null,"b":2.0,"a":{"y": [1],"x":"\u00fc"}}"#.utf8))]) == [])
    #expect(caller.missing(from: [MemberList(Array(#"{"a":{"x":"u","y":[1]},"b":2}"#.utf8))]) == ["a", "c"])
    #expect(caller.missing(from: []) == ["a", "b", "c"])
    #expect(MemberList(Array("[]".utf8)).missing(from: []) == [])
  }
}
