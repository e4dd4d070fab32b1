internal import Foundation
internal import RawJSON

/// The members of a JSON object as a matrix compares them; none when it's no JSON, or no object.
struct MemberList: Sendable {
  /// The names, each once, in their order.
  let names: [String]
  private let values: [String: JSONValue]

  init(_ document: [UInt8]) {
    var names: [String] = []
    var values: [String: JSONValue] = [:]
    if let object = try? JSONObject(parsing: document) {
      for member in object.members {
        guard let name = try? member.name() else { continue }
        if values[name] == nil { names.append(name) }
        // Of a name that is written twice, most readers take the last value.
        values[name] = member.value
      }
    }
    (self.names, self.values) = (names, values)
  }

  /// The members that none of the others has with the same value, however it is written.
  func missing(from others: [MemberList]) -> [String] {
    names.filter { name in !others.contains { $0.value(name) == value(name) } }
  }

  /// The value of a member, however it is written; nil when there is none.
  func value(_ name: String) -> NSObject? {
    values[name].flatMap { value in
      try? JSONSerialization.jsonObject(with: Data(value.bytes), options: .fragmentsAllowed) as? NSObject
    }
  }
}
