/// Runs a template's statements over its variables.
struct Evaluator {
  var variables: [String: VelocityValue]
  let limits: TemplateLimits
  let dialect: TemplateDialect
  /// What the template has printed so far.
  var output = ""
  private var iterations = 0
  /// How many `#define` blocks are running, each inside another.
  var definitionDepth = 0
  private var work = 0

  init(variables: [String: VelocityValue], limits: TemplateLimits, dialect: TemplateDialect) {
    self.variables = variables
    self.limits = limits
    self.dialect = dialect
  }

  /// Why statements ended.
  enum Ending {
    case completed
    /// A `#break`, of one loop or of the innermost.
    case left(LoopScope?)
    case stopped
  }

  mutating func run(_ statements: [Statement]) throws(TemplateError) -> Ending {
    for statement in statements {
      let ending = try run(statement)
      guard case .completed = ending else { return ending }
    }
    return .completed
  }

  private mutating func run(_ statement: Statement) throws(TemplateError) -> Ending {
    switch statement {
    case .text(let text): output += text
    case .reference(let reference, let escape): return try render(reference, escape)
    case .set(let reference, let expression): try set(reference, to: try value(of: expression))
    case .conditional(let branches, let otherwise):
      for branch in branches where try isTrue(branch.condition) { return try run(branch.block) }
      return try run(otherwise)
    case .loop(let loop): return try run(loop)
    case .define(let name, let block): variables[name] = .object(DefinedBlock(block))
    case .leave(let scope):
      guard let scope else { return .left(nil) }
      guard case .object(let object) = try value(of: scope), let loop = object as? LoopScope else {
        throw TemplateError(
          position: scope.position, reason: "\(scope.literal) is not a loop; use #break or #break($foreach.parent)")
      }
      return .left(loop)
    case .stop: return .stopped
    }
    return .completed
  }

  private mutating func run(_ loop: Loop) throws(TemplateError) -> Ending {
    let elements: ArraySlice<VelocityValue>
    var iterator: ListIterator?
    switch try value(of: loop.elements) {
    case .list(let list): elements = list.elements[...]
    case .map(let map): elements = map.entries.map(\.value)[...]
    case .object(let object as ListIterator): (elements, iterator) = (object.remaining, object)
    default: return .completed
    }
    let names = [loop.variable, "velocityCount", "velocityHasNext", "foreach"]
    let saved = names.map { variables[$0] }
    defer {
      for (name, value) in zip(names, saved) { variables[name] = value }
    }
    let scope = LoopScope(parent: variables["foreach"] ?? .null)
    variables["foreach"] = .object(scope)
    for (index, element) in elements.enumerated() {
      try countIteration(at: loop.position)
      if let iterator {
        guard iterator.remaining.count == elements.count - index else {
          throw TemplateError(
            position: loop.position, reason: "the loop's iterator is read inside the loop; loop over the list instead")
        }
        iterator.skip()
      }
      scope.index = index
      scope.hasNext = index + 1 < elements.count
      variables["velocityCount"] = .integer(index + 1)
      variables["velocityHasNext"] = .boolean(scope.hasNext)
      variables[loop.variable] = element
      try spend(1, at: loop.position)
      guard output.utf8.count <= limits.length else { throw overlong(at: loop.position) }
      switch try run(loop.block) {
      case .completed: continue
      case .left(let target) where target == nil || target === scope: return .completed
      case let ending: return ending
      }
    }
    return .completed
  }

  /// Counts an iteration of a loop, or a use of a `#define` block.
  mutating func countIteration(at position: TemplatePosition) throws(TemplateError) {
    iterations += 1
    guard iterations <= limits.iterations else {
      throw TemplateError(
        position: position,
        reason: "#foreach and #define ran more than \(limits.iterations) times, which is the limit; loop less")
    }
  }

  private mutating func render(_ reference: Reference, _ escape: ReferenceEscape) throws(TemplateError) -> Ending {
    let value = try value(of: reference)
    var ending = Ending.completed
    output += escape.backslashes
    if escape.isEscaped {
      output += (value.isNull ? "\\" : "") + reference.literal
    } else if value.isNull {
      output += escape.backslashes + escape.prefix + (reference.isQuiet ? "" : reference.literal)
    } else if case .object(let object as DefinedBlock) = value {
      output += escape.prefix
      if let end = try run(object, at: reference.position) { ending = end } else { output += reference.literal }
    } else {
      output += escape.prefix + (try text(of: value, at: reference.position))
    }
    guard output.utf8.count <= limits.length else { throw overlong(at: reference.position) }
    return ending
  }

  private func overlong(at position: TemplatePosition) -> TemplateError {
    TemplateError(
      position: position, reason: "the output is longer than \(limits.length) bytes, which is the limit; print less")
  }

  /// The value's text, within the limits.
  mutating func text(of value: VelocityValue, at position: TemplatePosition) throws(TemplateError) -> String {
    let text: String
    if case .object(let object as DefinedBlock) = value { return try self.text(of: object, at: position) }
    do { text = try value.text(within: limits.length) } catch {
      throw TemplateError(position: position, reason: "the value \(error.reason)")
    }
    try spend(text.utf8.count, at: position)
    return text
  }

  /// Charges an amount of bytes or elements to the template's limit.
  mutating func spend(_ amount: Int, at position: TemplatePosition) throws(TemplateError) {
    // Adding an excessive amount could overflow.
    if amount <= limits.length { work += amount + 1 }
    guard amount <= limits.length, work <= limits.work else {
      throw TemplateError(
        position: position, reason: "strings or lists exceed the template's limit; loop less or make them shorter")
    }
  }

  /// Runs the statements of a string, and returns what they print.
  mutating func interpolate(_ statements: [Statement]) throws(TemplateError) -> (String, Ending) {
    let saved = output
    output = ""
    defer { output = saved }
    let ending = try run(statements)
    return (output, ending)
  }
}
