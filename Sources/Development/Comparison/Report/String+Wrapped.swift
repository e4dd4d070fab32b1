extension String {
  /// The text in lines of at most `width` characters, indented from the second line on.
  ///
  /// A word that is too long is broken between its parts, as in `container|Overrides` or `direct-|minimal`, or else at
  /// the end of the line. A URL is never broken, so that it can be opened; its line may be longer.
  func wrapped(to width: Int, hanging indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      var rest = word
      if !line.isBlank, line.count + 1 + rest.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
      }
      if !line.isBlank { line += " " }
      while line.count + rest.count > width, !rest.contains("://") {
        let room = max(1, width - line.count)
        let end = rest.breaks.last { rest.distance(from: rest.startIndex, to: $0) <= room }
        let cut = end.map { rest[..<$0] } ?? rest.prefix(room)
        lines.append(line + cut)
        line = String(repeating: " ", count: indent)
        rest = rest[cut.endIndex...]
      }
      line += rest
    }
    return line.isBlank && !lines.isEmpty ? lines : lines + [line]
  }

  /// The length of the longest part of a word.
  var longestPart: Int {
    split(separator: " ").flatMap { word in
      let places = [word.startIndex] + word.breaks + [word.endIndex]
      return zip(places, places.dropFirst()).map { word.distance(from: $0, to: $1) }
    }.max() ?? 0
  }

  private var isBlank: Bool { allSatisfy { $0 == " " } }
}

extension Substring {
  /// Where the parts of a word begin: after a hyphen or a slash, and at a capital letter.
  var breaks: [Index] {
    zip(indices, indices.dropFirst()).compactMap { before, index in
      let (last, next) = (self[before], self[index])
      return last == "-" || last == "/" || last.isLowercase && next.isUppercase ? index : nil
    }
  }
}
