internal import Foundation
internal import RawJSON

/// The members of a JSON object as the matrix compares them; empty unless the text is a JSON object.
struct MemberList: Sendable {
  /// The names in order, without duplicates.
  let names: [String]
  private let values: [String: JSONValue]

  init(_ document: [UInt8]) {
    var names: [String] = []
    var values: [String: JSONValue] = [:]
    if let object = try? JSONObject(parsing: document) {
      for member in object.members {
        guard let name = try? member.name() else { continue }
        if values[name] == nil { names.append(name) }
        // Of duplicate members, most parsers take the last one.
        values[name] = member.value
      }
    }
    (self.names, self.values) = (names, values)
  }

  /// The members that no other list has with the same value, however it is written.
  func missing(from others: [MemberList]) -> [String] {
    names.filter { name in !others.contains { $0.value(name) == value(name) } }
  }

  /// The decoded value of a member; nil if it is missing.
  func value(_ name: String) -> NSObject? {
    values[name].flatMap { value in
      try? JSONSerialization.jsonObject(with: Data(value.bytes), options: .fragmentsAllowed) as? NSObject
    }
  }
}
