internal import Foundation

/// A regular expression for Java's `String` methods, run by Foundation's ICU engine. Its syntax is Java's, apart from
/// rarities.
struct JavaPattern {
  private let expression: NSRegularExpression

  init(_ pattern: String) throws(MethodError) {
    // Foundation rejects the empty expression, which matches everywhere in Java.
    do {
      expression = try NSRegularExpression(pattern: pattern.isEmpty ? "(?:)" : pattern)
    } catch {
      throw MethodError("can't parse the regular expression \"\(pattern.prefix(60))\"; fix it")
    }
  }

  /// Whether the whole text matches.
  func matches(_ text: String) throws(MethodError) -> Bool {
    let whole = try JavaPattern("\\A(?:\(expression.pattern))\\z")
    return try !whole.results(in: text, first: true).isEmpty
  }

  /// Replaces the first match or all matches. In the replacement, `$1` is a group and a backslash escapes the next
  /// character.
  func replace(in text: String, with replacement: String, all: Bool, limit: Int) throws(MethodError) -> String {
    let source = text as NSString
    var result: [UInt16] = []
    var end = 0
    for match in try results(in: text, first: !all) {
      result += Array(source.substring(with: NSRange(end..<match.range.location)).utf16)
      result += try expand(replacement, match, source)
      guard result.count <= limit else { throw .tooLong }
      end = NSMaxRange(match.range)
    }
    result += Array(source.substring(from: end).utf16)
    guard result.count <= limit else { throw .tooLong }
    return String(decoding: result, as: UTF16.self)
  }

  /// The parts between matches. With a limit of 0, empty parts at the end are removed.
  func split(_ text: String, limit: Int) throws(MethodError) -> [String] {
    let source = text as NSString
    var parts: [String] = []
    var end = 0
    for match in try results(in: text) {
      if limit > 0, parts.count == limit - 1 { break }
      if match.range.length == 0, match.range.location == 0 { continue }
      parts.append(source.substring(with: NSRange(end..<match.range.location)))
      end = NSMaxRange(match.range)
    }
    if parts.isEmpty { return [text] }
    parts.append(source.substring(from: end))
    if limit == 0 {
      while parts.last?.isEmpty == true { parts.removeLast() }
    }
    return parts
  }

  /// The matches. A pattern may never terminate, so it's stopped after about 20 million steps, or more in a long text:
  /// ICU reports every 10,000th, and each position where a match may begin. ICU itself would give up later, with a full
  /// stack, and Foundation would report that as no match.
  private func results(in text: String, first: Bool = false) throws(MethodError) -> [NSTextCheckingResult] {
    var results: [NSTextCheckingResult] = []
    var reports = 0
    var isTooSlow = false
    let range = NSRange(location: 0, length: (text as NSString).length)
    let options: NSRegularExpression.MatchingOptions = [.reportProgress, .reportCompletion]
    expression.enumerateMatches(in: text, options: options, range: range) { result, flags, stop in
      if let result {
        results.append(result)
        if first { stop.pointee = true }
      } else if flags.contains(.internalError) {
        isTooSlow = true
      } else if flags.contains(.progress) {
        reports += 1
        if reports > 2000 + range.length {
          isTooSlow = true
          stop.pointee = true
        }
      }
    }
    if isTooSlow {
      throw MethodError("takes too long on this text; write the regular expression without nested repetition")
    }
    return results
  }

  private func expand(
    _ replacement: String, _ match: NSTextCheckingResult, _ source: NSString
  ) throws(MethodError) -> [UInt16] {
    var result: [UInt16] = []
    var units = Array(replacement.utf16)[...]
    let zero = UInt16(UInt8(ascii: "0"))
    while let unit = units.popFirst() {
      if unit == UInt8(ascii: "\\") {
        guard let plain = units.popFirst() else {
          throw MethodError("has a replacement that ends with a backslash; double it")
        }
        result.append(plain)
      } else if unit == UInt8(ascii: "$") {
        guard let digit = units.popFirst(), (zero...zero + 9).contains(digit), Int(digit - zero) < match.numberOfRanges
        else { throw MethodError("has a replacement with a $ but no valid group number; use \\$ for a literal $") }
        var group = Int(digit - zero)
        while let next = units.first, (zero...zero + 9).contains(next),
          group * 10 + Int(next - zero) < match.numberOfRanges
        {
          group = group * 10 + Int(next - zero)
          units.removeFirst()
        }
        let range = match.range(at: group)
        if range.location != NSNotFound { result += Array(source.substring(with: range).utf16) }
      } else {
        result.append(unit)
      }
    }
    return result
  }
}
