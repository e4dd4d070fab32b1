internal import Foundation

extension RuntimeAPI {
  /// One invocation: the event's bytes, its headers, and the API's faults.
  package struct Event: Sendable {
    /// The way that `/next` delivers an event.
    package enum Delivery: Sendable {
      /// Correctly.
      case whole
      /// The head and half of the body, then the connection ends.
      case half
      /// Not at all: the connection ends without a response.
      case none
      /// Not at all: this status and an error are sent instead.
      case status(Int)
    }

    /// The event's bytes.
    package var body: [UInt8]
    /// `Lambda-Runtime-Aws-Request-Id`; omitted if nil.
    package var requestID: String? = UUID().uuidString.lowercased()
    /// Milliseconds from the event's delivery to its deadline.
    package var timeout = TimeFactor.milliseconds(10_000)
    /// A text for `Lambda-Runtime-Deadline-Ms` instead of the deadline.
    package var deadlineText: String?
    /// Whether `Lambda-Runtime-Deadline-Ms` is sent.
    package var hasDeadline = true
    /// `Lambda-Runtime-Trace-Id`; omitted if nil.
    package var traceID: String? = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1"
    /// `Lambda-Runtime-Invoked-Function-Arn`; omitted if nil.
    package var functionARN: String? = "arn:aws:lambda:us-east-1:123456789012:function:submit-job"
    /// `Lambda-Runtime-Invocation-Id`; omitted if nil.
    package var invocationID: String?
    /// The way that the event is delivered.
    package var delivery = Delivery.whole
    /// The reaction to each post for this event.
    package var postReply = ScriptedServer.Reply.answer(.init(202, #"{"status":"OK"}"#))
    /// Runs before the event is delivered, to set up its conditions.
    package var before: @Sendable () -> Void = {}

    /// An event with these bytes.
    package init(_ body: [UInt8]) {
      self.body = body
    }

    /// An event with this text.
    package init(_ body: String) {
      self.init(Array(body.utf8))
    }

    /// A changed copy of this event.
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
