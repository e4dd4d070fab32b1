internal import Foundation
package import Platform

/// An X-Ray trace id, which connects a request to the gateway with the invocation that it causes.
package struct TraceID: Hashable, Sendable {
  /// The header as API Gateway writes it, such as `Root=1-6b03db49-0a1b2c3d4e5f60718293a4b5`.
  package let root: String

  /// A new trace that starts at the given time; the rest of the id is random.
  package init(at time: Timestamp) {
    root = "Root=1-\(String(time.milliseconds / 1000, radix: 16))-\(Self.randomDigits.prefix(24))"
  }

  /// The header as Lambda passes it to a process: a part of the trace, not sampled.
  var invocation: String { "\(root);Parent=\(Self.randomDigits.suffix(16));Sampled=0" }

  private static var randomDigits: String { UUID().uuidString.lowercased().filter { $0 != "-" } }
}
