internal import Foundation
internal import LocalLambda
internal import Workstation

/// The expected outcomes of the sample events in `events/README.md`, whose rows the conformance tests read as well.
struct EventTable {
  /// The outcome of an event.
  enum Outcome: Hashable, CustomStringConvertible {
    /// A proxy response with this status.
    case status(Int)
    /// The function error for an event that is not an HTTP request.
    case unsupported
    /// Any other outcome, in words, which no row has.
    case other(String)

    var description: String {
      switch self {
      case .status(let code): "\(code)"
      case .unsupported: "function error"
      case .other(let words): words
      }
    }
  }

  private let outcomes: [String: Outcome]

  /// Parses the rows of a text: a file in backquotes, then a status or `error`.
  init(_ text: String) {
    let row = #/^\| `(?<file>[^`]+)` \| (?<status>[0-9]{3}|error) \|/#.anchorsMatchLineEndings()
    outcomes = text.matches(of: row).reduce(into: [:]) {
      $0[String($1.file)] = Int($1.status).map(Outcome.status) ?? .unsupported
    }
  }

  /// Reads a package's table.
  init(of root: PackageRoot) throws {
    guard let text = try? String(contentsOfFile: root.eventTable, encoding: .utf8) else {
      throw UsageError("can't read \(root.eventTable)", run: "git checkout events")
    }
    self.init(text)
  }

  /// The expected outcome of a file in `events`; nil if it has no row.
  subscript(name: String) -> Outcome? { outcomes[String(name.split(separator: "/").last ?? "")] }
}

extension EventTable.Outcome {
  /// The outcome of an invocation.
  init(_ outcome: CompletedInvocation.Outcome) {
    switch outcome {
    case .response(let payload):
      let status = InvokeStatus.statusCode(of: payload)
      self = status.map { .status($0) } ?? .other("a payload that is not a proxy response")
    case .functionError(let error):
      self = error.type == "Function.UnsupportedEvent" ? .unsupported : .other(error.type)
    }
  }
}
