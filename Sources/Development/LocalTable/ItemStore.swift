/// The items of all tables, in memory.
actor ItemStore {
  private var tables: [String: [String: Item]] = [:]

  /// The largest item, in bytes.
  private static let maximumItem = 400 * 1024

  /// - Parameter tables: names or ARNs.
  init(tables names: [String]) {
    for name in names { tables[Self.name(name)] = [:] }
  }

  /// Applies a write if its condition holds.
  func write(_ input: WriteInput) throws(TableError) {
    let table = Self.name(input.tableName)
    guard let current = tables[table] else { throw .noTable }
    let old = current[input.id]
    guard input.condition?.holds(for: old) ?? true else { throw .conditionFailed(input.returnsItem ? old : nil) }
    var new: Item?
    switch input.change {
    case .put(let item): new = item
    case .update(let changes):
      var item = old ?? [WriteInput.keyName: .string(input.id)]
      for (name, value) in changes { item[name] = value }
      new = item
    case .delete: new = nil
    }
    if let new, new.reduce(0, { $0 + $1.key.utf8.count + $1.value.size }) > Self.maximumItem {
      throw .validation("Item size has exceeded the maximum allowed size")
    }
    tables[table]?[input.id] = new
  }

  /// The name in a table's ARN, or the name itself.
  private static func name(_ reference: String) -> String {
    reference.hasPrefix("arn:") ? reference.split(separator: "/").last.map(String.init) ?? reference : reference
  }
}
