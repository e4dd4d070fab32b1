internal import SAMTemplate

extension PathTemplate {
  /// The parameters, in the path's order, if a path matches; nil otherwise.
  ///
  /// - Parameter path: the segments between slashes. An empty one matches neither a parameter nor a literal.
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

  /// How much of a path a template matches, from the start.
  struct Nearness: Comparable {
    /// The number of leading segments that match.
    var segments = 0
    /// How many of them are literals.
    var literals = 0

    /// Nothing matches.
    static let none = Nearness()

    static func < (one: Nearness, other: Nearness) -> Bool {
      (one.segments, one.literals) < (other.segments, other.literals)
    }
  }

  /// How much of a path the template matches, even if it doesn't match as a whole.
  func nearness(to path: [Substring]) -> Nearness {
    var nearness = Nearness.none
    for (segment, text) in zip(segments, path) {
      switch segment {
      case .literal(let literal):
        guard literal == text else { return nearness }
        nearness.literals += 1
      case .parameter: if text.isEmpty { return nearness }
      case .greedy: return Nearness(segments: path.count, literals: nearness.literals)
      }
      nearness.segments += 1
    }
    return nearness
  }

  /// Orders templates that match the same path: a literal precedes a parameter, which precedes a greedy one.
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
