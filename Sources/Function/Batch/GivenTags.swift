internal import RawJSON

/// The `tags` member that a caller sent.
struct GivenTags {
  /// The most tags that Batch accepts.
  static let maximumCount = 50

  private let value: JSONValue

  /// Throws if a tag begins with the function's own prefix.
  init(_ value: JSONValue) throws(SubmitJobRequestError) {
    self.value = value
    guard Self.mayHaveReservedTag(value.bytes), value.kind == .object, let tags = try? value.object() else { return }
    for tag in tags.members {
      // Batch rejects a key that isn't text.
      guard let key = try? tag.name(), RequestTag.isReserved(Array(key.utf8)) else { continue }
      throw .reservedTag(key)
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

  /// The members of an object, in which the value of `tags` also has the request's tag.
  func adding(_ request: String, to members: ArraySlice<UInt8>) throws(SubmitJobRequestError) -> ArraySlice<UInt8> {
    var inner: ArraySlice<UInt8> = []
    if value.kind != .null {
      guard let tags = try? value.object() else { throw .badTags }
      guard tags.members.count < Self.maximumCount else { throw .tooManyTags }
      inner = tags.bytesBetweenBraces
    }
    var writer = JSONWriter(capacity: inner.count + 128)
    writer.member(RequestTag.name, request)
    writer.members(written: inner)
    return members[..<value.bytes.startIndex] + writer.bytes[...] + members[value.bytes.endIndex...]
  }
}

extension GivenMembers {
  /// The members, between an object's braces, with the request's tag if there is one.
  func bytes(adding request: String?) throws(SubmitJobRequestError) -> ArraySlice<UInt8> {
    guard let request else { return bytes }
    if let tags { return try tags.adding(request, to: bytes) }
    var writer = JSONWriter(capacity: bytes.count + 128)
    writer.members(written: bytes)
    writer.object("tags") { $0.member(RequestTag.name, request) }
    return writer.bytes.dropFirst().dropLast()
  }
}
