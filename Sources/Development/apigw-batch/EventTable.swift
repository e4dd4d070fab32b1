internal import Foundation
internal import LocalLambda
internal import Workstation

/// What `events/README.md` says becomes of each sample event: the same rows that the conformance tests read.
struct EventTable {
  /// What becomes of an event.
  enum Outcome: Hashable, CustomStringConvertible {
    /// A proxy response with this status.
    case status(Int)
    /// The function error for an event that is not an HTTP request.
    case unsupported
    /// Anything else, in words; no row has it.
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

  /// The rows of a text: a file in backquotes, then a status or `error`.
  init(_ text: String) {
    let row = #/^\| `(?<file>[^`]+)` \| (?<status>[0-9]{3}|error) \|/#.anchorsMatchLineEndings()
    outcomes = text.matches(of: row).reduce(into: [:]) {
      $0[String($1.file)] = Int($1.status).map(Outcome.status) ?? .unsupported
    }
  }

  /// The table of a package.
  init(of root: PackageRoot) throws(UsageError) {
    guard let text = try? String(contentsOfFile: root.eventTable, encoding: .utf8) else {
      throw UsageError("can't read \(root.eventTable)", run: "git checkout events")
    }
    self.init(text)
  }

  /// What becomes of a file in `events`; nil without a row.
  subscript(name: String) -> Outcome? { outcomes[String(name.split(separator: "/").last ?? "")] }
}

extension EventTable.Outcome {
  /// What became of an invocation.
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
