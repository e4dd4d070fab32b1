internal import Foundation
package import Platform

/// An X-Ray trace id, which connects a request to the gateway with the invocation that it causes.
///
/// See [Tracing
/// header](https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader).
package struct TraceID: Hashable, Sendable {
  /// The header with the trace alone, such as `Root=1-6b03db49-0a1b2c3d4e5f60718293a4b5`.
  package let root: String
  /// The header as Lambda passes it to a process: a part of the trace, and whether it's sampled.
  package let invocation: String

  /// The caller's trace, or a new one that starts at the given time, whose other digits are random.
  ///
  /// - Parameter header: the caller's `X-Amzn-Trace-Id`. Its `Root`, `Parent` and `Sampled` are kept if they are well
  ///   formed; a missing `Parent` is added.
  package init(at time: Timestamp, continuing header: String? = nil) {
    let caller = header.map(Self.fields) ?? [:]
    let trace =
      caller["root"].flatMap { $0.wholeMatch(of: #/1-[0-9a-f]{8}-[0-9a-f]{24}/#) == nil ? nil : $0 }
      ?? "1-\(String(time.milliseconds / 1000, radix: 16))-\(Self.randomDigits.prefix(24))"
    let parent =
      caller["parent"].flatMap { $0.wholeMatch(of: #/[0-9a-f]{16}/#) == nil ? nil : $0 }
      ?? String(Self.randomDigits.suffix(16))
    root = "Root=\(trace)"
    invocation = "\(root);Parent=\(parent);Sampled=\(caller["sampled"] == "1" ? 1 : 0)"
  }

  /// A header's fields, their names in lower case.
  private static func fields(_ header: String) -> [String: String] {
    header.split(separator: ";").reduce(into: [:]) { fields, field in
      let parts = field.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return }
      fields[parts[0].trimmingCharacters(in: .whitespaces).lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
  }

  private static var randomDigits: String { UUID().uuidString.lowercased().filter { $0 != "-" } }
}
