/// A pattern for actions or ARNs in an IAM policy: `*` matches any characters, `?` exactly one.
///
/// Wildcards match within the segments between colons, except that a `*` at a segment's end also matches beyond it.
/// See [IAM's Resource
/// element](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
struct PolicyPattern: Hashable, Sendable {
  private let pattern: [UInt8]

  init(_ text: String) {
    pattern = Array(text.utf8)
  }

  /// Whether the whole of a text matches.
  func matches(_ text: String) -> Bool {
    let text = Array(text.utf8)
    // matched[n]: whether the pattern so far matches the text's first n bytes. Takes at most pattern × text steps.
    var matched = [true] + [Bool](repeating: false, count: text.count)
    for (index, byte) in pattern.enumerated() {
      let endsSegment = index + 1 == pattern.count || pattern[index + 1] == UInt8(ascii: ":")
      var next = [Bool](repeating: false, count: text.count + 1)
      if byte == UInt8(ascii: "*") { next[0] = matched[0] }
      for (end, character) in text.enumerated() {
        next[end + 1] =
          switch byte {
          case UInt8(ascii: "*"): matched[end + 1] || next[end] && (endsSegment || character != UInt8(ascii: ":"))
          case UInt8(ascii: "?"): matched[end] && character != UInt8(ascii: ":")
          default: matched[end] && character == byte
          }
      }
      matched = next
    }
    return matched[text.count]
  }
}
