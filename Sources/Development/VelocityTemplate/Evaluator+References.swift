extension Evaluator {
  /// A reference's value. Without one, it's what the dialect says: null or an empty string.
  mutating func value(of reference: Reference) throws(TemplateError) -> VelocityValue {
    let value = try value(of: reference, steps: reference.accessors.count)
    return value.isNull && dialect == .apiGateway ? .string("") : value
  }

  /// The value after a number of steps; null if any of them has no value.
  private mutating func value(of reference: Reference, steps: Int) throws(TemplateError) -> VelocityValue {
    var value = variables[reference.name] ?? .null
    for accessor in reference.accessors.prefix(steps) {
      if value.isNull { return .null }
      value = try step(from: value, by: accessor)
    }
    return value
  }

  private mutating func step(from value: VelocityValue, by accessor: Accessor) throws(TemplateError) -> VelocityValue {
    var arguments: [VelocityValue] = []
    let name: String
    switch accessor.kind {
    case .property(let property):
      do { return try value.property(property) } catch {
        throw TemplateError(position: accessor.position, reason: ".\(property) \(error.reason)")
      }
    case .method(let method, let expressions):
      name = method
      for expression in expressions { arguments.append(try self.value(of: expression)) }
    case .index(let expression):
      name = "get"
      arguments = [try self.index(expression, in: value)]
      // Velocity finds no get() method there, so the reference has no value.
      if !value.hasIndexes(arguments[0]) { return .null }
    }
    let cost = arguments.reduce(value.size) { $0 + $1.size }
    try spend(min(cost, limits.length), at: accessor.position)
    if name == "toString", arguments.isEmpty, case .object(let object as DefinedBlock) = value {
      return .string(try text(of: object, at: accessor.position))
    }
    let result: VelocityValue
    do {
      result = try value.call(name, arguments, limit: limits.length)
    } catch {
      throw TemplateError(position: accessor.position, reason: "\(name)() on \(value.kind) \(error.reason)")
    }
    try spend(result.size, at: accessor.position)
    return result
  }

  /// An index; a negative one counts from the end.
  private mutating func index(
    _ expression: Expression, in value: VelocityValue
  ) throws(TemplateError) -> VelocityValue {
    let index = try self.value(of: expression)
    guard case .integer(let number) = index, number < 0 else { return index }
    switch value {
    case .list(let list): return .integer(list.elements.count + number)
    case .map(let map): return .integer(map.count + number)
    default:
      throw TemplateError(
        position: expression.position, reason: "\(value.kind) has no end to count back from; use an index from 0")
    }
  }

  /// `#set`. Has no effect on a property that can't be set, nor with a null.
  mutating func set(_ reference: Reference, to value: VelocityValue) throws(TemplateError) {
    if value.isNull { return }
    guard let last = reference.accessors.last else {
      // Velocity would include the ! or the { in the variable's name, so that nothing could read it.
      if !reference.isQuiet, !reference.isFormal { variables[reference.name] = value }
      return
    }
    let target = try self.value(of: reference, steps: reference.accessors.count - 1)
    switch (target, last.kind) {
    case (.map(let map), .property(let name)): _ = map.put(.string(name), value)
    case (.map(let map), .index(let expression)): _ = map.put(try index(expression, in: target), value)
    case (.list(let list), .index(let expression)):
      guard case .integer(let index) = try index(expression, in: target) else { return }
      guard list.elements.indices.contains(index) else {
        throw TemplateError(
          position: last.position, reason: "the list has no index \(index); add() the element to it")
      }
      list.elements[index] = value
    case (.object(is LoopScope), _):
      throw TemplateError(position: last.position, reason: "$foreach can't be changed; #set a variable of your own")
    default: return
    }
  }
}

extension VelocityValue {
  /// The cost of reading the value, in bytes or elements.
  var size: Int {
    switch self {
    case .string(let string): string.utf8.count
    case .list(let list): list.elements.count
    case .map(let map): map.count
    default: 1
    }
  }

  /// Whether the value has a `get` method for the index.
  fileprivate func hasIndexes(_ index: VelocityValue) -> Bool {
    switch (self, index) {
    case (.map, _), (.list, .integer), (.object, _): true
    default: false
    }
  }
}
