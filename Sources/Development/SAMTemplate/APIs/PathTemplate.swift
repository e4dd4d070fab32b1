/// A route's path: literal segments and parameters, the last of which may be greedy.
package struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  /// A part of the path between two slashes.
  package enum Segment: Hashable, Sendable {
    case literal(String)
    /// `{name}`: one segment that isn't empty.
    case parameter(String)
    /// `{name+}`: this segment and all that follow.
    case greedy(String)
  }

  /// The segments.
  package let segments: [Segment]
  /// The path as written in the template.
  package let description: String

  /// Parses a path. Nil unless it starts with a slash, and a greedy parameter, if any, is its last segment.
  package init?(_ text: String) {
    guard text.hasPrefix("/") else { return nil }
    segments = text.split(separator: "/").map { segment in
      guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return .literal(String(segment)) }
      let name = segment.dropFirst().dropLast()
      return name.hasSuffix("+") ? .greedy(String(name.dropLast())) : .parameter(String(name))
    }
    description = text
    let isGreedyBeforeEnd = segments.dropLast().contains { if case .greedy = $0 { true } else { false } }
    if isGreedyBeforeEnd { return nil }
  }

  /// The route key of a method and a path: without a method it has `ANY`, without a path it is `$default`.
  package static func key(_ method: String?, _ path: PathTemplate?) -> String {
    path.map { "\(method ?? "ANY") \($0)" } ?? "$default"
  }
}
