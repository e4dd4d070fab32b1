/// A route's path: literal segments and parameters, the last of which may be greedy.
struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  /// A part of the path between two slashes.
  enum Segment: Hashable, Sendable {
    case literal(String)
    /// `{name}`: one segment that isn't empty.
    case parameter(String)
    /// `{name+}`: this segment and all that follow.
    case greedy(String)
  }

  /// The segments.
  let segments: [Segment]
  /// The path as it stands in the template.
  let description: String

  /// Reads a path; nil when it doesn't start with a slash, or a greedy parameter isn't its last segment.
  init?(_ text: String) {
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

  /// The values of the parameters, in the path's order, when a path fits; nil when it doesn't.
  ///
  /// - Parameter path: the segments between slashes. An empty one fits no parameter and no literal.
  func match(_ path: [Substring]) -> [RoutedRequest.PathParameter]? {
    var parameters: [RoutedRequest.PathParameter] = []
    for (index, segment) in segments.enumerated() {
      if case .greedy(let name) = segment {
        guard index < path.count else { return nil }
        return parameters + [(name, path[index...].joined(separator: "/"))]
      }
      guard index < path.count else { return nil }
      switch segment {
      case .literal(let text): guard path[index] == text else { return nil }
      case .parameter(let name):
        guard !path[index].isEmpty else { return nil }
        parameters.append((name, String(path[index])))
      case .greedy: return nil
      }
    }
    return path.count == segments.count ? parameters : nil
  }

  /// Orders the templates that fit one path: a literal goes before a parameter, a parameter before a greedy one.
  func isMoreSpecific(than other: PathTemplate) -> Bool {
    for (one, other) in zip(segments, other.segments) where one.rank != other.rank { return one.rank < other.rank }
    return segments.count > other.segments.count
  }
}

extension PathTemplate.Segment {
  fileprivate var rank: Int {
    switch self {
    case .literal: 0
    case .parameter: 1
    case .greedy: 2
    }
  }
}
