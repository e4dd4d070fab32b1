internal import RawJSON

/// The `tags` member that a caller sent.
struct GivenTags {
  /// The most tags that Batch accepts.
  static let maximumCount = 50

  private let value: JSONValue

  /// Throws if a tag begins with the function's own prefix, or is the submitter's.
  init(_ value: JSONValue, _ submitter: SubmitterTag?) throws(SubmitJobRequestError) {
    self.value = value
    guard submitter != nil || Self.mayHaveReservedTag(value.bytes), value.kind == .object,
      let tags = try? value.object()
    else { return }
    for tag in tags.members {
      // Batch rejects a key that isn't text.
      guard let key = try? tag.name() else { continue }
      if RequestTag.isReserved(Array(key.utf8)) { throw .reservedTag(key) }
      if submitter?.isNamed(key) == true { throw .submitterTag(key) }
    }
  }

  /// Whether a tag can have the prefix: at a glance, most tags don't.
  private static func mayHaveReservedTag(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.indices.contains { index in
      switch bytes[index] {
      case UInt8(ascii: "\\"): true
      case UInt8(ascii: "-"): RequestTag.endsReservedPrefix(bytes[(index + 1)...])
      default: false
      }
    }
  }

  /// The members of an object, in which the value of `tags` also has the function's own tags.
  func adding(_ own: OwnTags, to members: ArraySlice<UInt8>) throws(SubmitJobRequestError) -> ArraySlice<UInt8> {
    var inner: ArraySlice<UInt8> = []
    if value.kind != .null {
      guard let tags = try? value.object() else { throw .badTags }
      guard tags.members.count + own.count <= Self.maximumCount else { throw .tooManyTags(own: own.count) }
      inner = tags.bytesBetweenBraces
    }
    var writer = JSONWriter(capacity: inner.count + 128)
    own.write(to: &writer)
    writer.members(written: inner)
    return members[..<value.bytes.startIndex] + writer.bytes[...] + members[value.bytes.endIndex...]
  }
}

extension GivenMembers {
  /// The members, between an object's braces, with the function's own tags if there are any.
  func bytes(adding own: OwnTags) throws(SubmitJobRequestError) -> ArraySlice<UInt8> {
    guard own.count > 0 else { return bytes }
    if let tags { return try tags.adding(own, to: bytes) }
    var writer = JSONWriter(capacity: bytes.count + 128)
    writer.members(written: bytes)
    writer.object("tags") { own.write(to: &$0) }
    return writer.bytes.dropFirst().dropLast()
  }
}

/// The tags that the function sets on a job.
struct OwnTags {
  /// The value of `RequestTag`, for a request with a key.
  let request: String?
  /// The tag of the submitter, who may be unknown.
  let submitter: SubmitterTag?

  var count: Int { (request == nil ? 0 : 1) + (submitter?.value == nil ? 0 : 1) }

  func write(to writer: inout JSONWriter) {
    if let request { writer.member(RequestTag.name, request) }
    if let submitter, let value = submitter.value { writer.member(named: submitter.key, value) }
  }
}
