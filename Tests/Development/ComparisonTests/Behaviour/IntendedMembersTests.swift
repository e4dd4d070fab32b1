import JSONTree
import Testing

@testable import Comparison

@Suite("The members that are meant to reach Batch")
struct IntendedMembersTests {
  /// `own` is what a variant sends of the path q/d, and `other` what it sends of s/e.
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

  @Test("have a name of the path as it was sent, or decoded")
  func encoded() {
    #expect(injected(#"{"jobQueue":"q%22%C3%BC","jobDefinition":"d"}"#, jobQueue: "q\"ü") == [])
    #expect(injected(#"{"jobQueue":"q\"ü","jobDefinition":"d"}"#, jobQueue: "q\"ü") == [])
    #expect(injected(#"{"jobQueue":"q%22","jobDefinition":"d"}"#, jobQueue: "q\"ü") == ["jobQueue"])
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

  @Test("have the values that the variant itself gives them")
  func values() {
    let own = #"{"jobQueue":"q","jobDefinition":"d","containerOverrides":{"command":["a"],"environment":[]}}"#
    #expect(injected(#"{"containerOverrides":{"environment":[ ],"command":["\u0061"]}}"#, own: own) == [])
    #expect(injected(#"{"containerOverrides":{"command":["b"],"environment":[]}}"#, own: own) == ["containerOverrides"])
    // Of a member that is written twice, Batch takes the last.
    #expect(
      injected(
        #"{"containerOverrides":{"command":["a"],"environment":[]},"containerOverrides":{"command":["b"]}}"#, own: own)
        == ["containerOverrides"])
    #expect(injected(#"{"tags":{"by":"x"}}"#, own: #"{"tags":{"by":"a"}}"#) == ["tags"])
    #expect(injected(#"{"tags":{"by":"x"}}"#, by: #"{"tags":{"by":"x"}}"#, own: #"{"tags":{"by":"a"}}"#) == [])
  }

  @Test("follow the path where the variant has it so, and don't where it has not")
  func following() {
    let own = #"{"jobQueue":"always-q","jobDefinition":"d","tags":{"to":["q","d"],"by":"a"}}"#
    let other = #"{"jobQueue":"always-q","jobDefinition":"e","tags":{"to":["s","e"],"by":"a"}}"#
    let body = #"{"jobQueue":"always-q","jobDefinition":"d","tags":{"to":["r","d"],"by":"a"}}"#
    #expect(injected(body, own: own, other: other, jobQueue: "r") == [])
    #expect(injected(body, own: own, other: other) == ["tags"])
    #expect(
      injected(body.replacing("always-q", with: "always-r"), own: own, other: other, jobQueue: "r") == ["jobQueue"])
  }

  @Test("may have another value each time, as an id has")
  func varying() {
    let own = #"{"jobQueue":"q","jobDefinition":"d","tags":{"id":"1"}}"#
    let other = #"{"jobQueue":"s","jobDefinition":"e","tags":{"id":"2"}}"#
    #expect(injected(#"{"tags":{"id":"3"},"timeout":{}}"#, own: own, other: other) == ["timeout"])
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
