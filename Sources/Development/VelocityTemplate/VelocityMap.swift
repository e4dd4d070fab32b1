/// A map that keeps its keys in insertion order, like Java's `LinkedHashMap`.
package final class VelocityMap {
  /// A key and its value.
  package typealias Entry = (key: VelocityValue, value: VelocityValue)

  private var slots: [Entry?] = []
  private var indexes: [Key: Int] = [:]
  /// The printed text; nil for Java's `{foo=bar}`.
  let text: String?

  /// A map with these members, in this order. `text` replaces Java's text.
  package init(_ members: KeyValuePairs<String, VelocityValue> = [:], text: String? = nil) {
    self.text = text
    for (name, value) in members { self[name] = value }
  }

  /// The keys and values in order.
  package var entries: [Entry] { slots.compactMap(\.self) }

  /// The number of keys.
  package var count: Int { indexes.count }

  /// The value of a key that is a string; nil if it is missing.
  package subscript(name: String) -> VelocityValue? {
    get { value(of: .string(name)) }
    set {
      if let newValue { _ = put(.string(name), newValue) } else { _ = remove(.string(name)) }
    }
  }

  /// The value of a key; nil if it is missing.
  func value(of key: VelocityValue) -> VelocityValue? {
    indexes[Key(key)].flatMap { slots[$0]?.value }
  }

  /// Sets a key's value and returns the previous one.
  func put(_ key: VelocityValue, _ value: VelocityValue) -> VelocityValue? {
    if let index = indexes[Key(key)] {
      let previous = slots[index]
      slots[index] = (previous?.key ?? key, value)
      return previous?.value
    }
    indexes[Key(key)] = slots.count
    slots.append((key, value))
    return nil
  }

  /// Removes a key and returns its value.
  func remove(_ key: VelocityValue) -> VelocityValue? {
    guard let index = indexes.removeValue(forKey: Key(key)) else { return nil }
    let previous = slots[index]
    slots[index] = nil
    if slots.count > 16, indexes.count < slots.count / 2 { compact() }
    return previous?.value
  }

  /// Removes all keys.
  func removeAll() {
    slots = []
    indexes = [:]
  }

  private func compact() {
    slots = slots.filter { $0 != nil }
    indexes = [:]
    for (index, entry) in slots.enumerated() {
      if let entry { indexes[Key(entry.key)] = index }
    }
  }
}

/// A hashable form of a key. Strings are compared by their bytes: in Swift, two encodings of é are equal, but not in
/// Java.
private enum Key: Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  case double(Double)
  case string([UInt8])
  case object(ObjectIdentifier)

  init(_ value: VelocityValue) {
    switch value {
    case .null: self = .null
    case .boolean(let boolean): self = .boolean(boolean)
    case .integer(let integer): self = .integer(integer)
    case .double(let double): self = .double(double)
    case .string(let string): self = .string(Array(string.utf8))
    case .list(let list): self = .object(ObjectIdentifier(list))
    case .map(let map): self = .object(ObjectIdentifier(map))
    case .object(let object): self = .object(ObjectIdentifier(object))
    }
  }
}
