internal import Foundation

extension RuntimeAPI {
  /// One invocation: the event's bytes, the headers that come with it, and what the API does wrong.
  package struct Event: Sendable {
    /// How `/next` gives an event.
    package enum Delivery: Sendable {
      /// As it should.
      case whole
      /// The head and half of the body, then the connection ends.
      case half
      /// Not at all: the connection ends without an answer.
      case none
      /// Not at all: this status and an error come in its place.
      case status(Int)
    }

    /// The event, as the invoker sent it.
    package var body: [UInt8]
    /// `Lambda-Runtime-Aws-Request-Id`, left out when nil.
    package var requestID: String? = UUID().uuidString.lowercased()
    /// Milliseconds from the moment the event is given to its deadline.
    package var timeout = 10_000
    /// The text of `Lambda-Runtime-Deadline-Ms` in place of the deadline.
    package var deadlineText: String?
    /// Whether `Lambda-Runtime-Deadline-Ms` is sent.
    package var hasDeadline = true
    /// `Lambda-Runtime-Trace-Id`, left out when nil.
    package var traceID: String? = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1"
    /// `Lambda-Runtime-Invoked-Function-Arn`, left out when nil.
    package var functionARN: String? = "arn:aws:lambda:us-east-1:123456789012:function:submit-job"
    /// `Lambda-Runtime-Invocation-Id`, left out when nil.
    package var invocationID: String?
    /// How the event is given.
    package var delivery = Delivery.whole
    /// What is done to each post for this event.
    package var postReply = ScriptedServer.Reply.answer(.init(202, #"{"status":"OK"}"#))
    /// Runs before the event is given: what has to be so first.
    package var before: @Sendable () -> Void = {}

    /// An event of these bytes.
    package init(_ body: [UInt8]) {
      self.body = body
    }

    /// An event of this text.
    package init(_ body: String) {
      self.init(Array(body.utf8))
    }

    /// This event, changed.
    package func with(_ change: (inout Event) -> Void) -> Event {
      var event = self
      change(&event)
      return event
    }

    func response(deadline: Int) -> ScriptedServer.Response {
      let headers = [
        ("Content-Type", "application/json"),
        ("Lambda-Runtime-Aws-Request-Id", requestID),
        ("Lambda-Runtime-Deadline-Ms", hasDeadline ? deadlineText ?? "\(deadline)" : nil),
        ("Lambda-Runtime-Invoked-Function-Arn", functionARN),
        ("Lambda-Runtime-Trace-Id", traceID),
        ("Lambda-Runtime-Invocation-Id", invocationID),
      ]
      return ScriptedServer.Response(200, headers: headers.compactMap { name, value in value.map { (name, $0) } }, body)
    }
  }
}
