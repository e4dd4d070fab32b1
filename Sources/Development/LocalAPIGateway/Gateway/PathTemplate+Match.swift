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
