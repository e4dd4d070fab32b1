extension Evaluator {
  /// Runs a `#define` block. As in Velocity, it may use itself once; nil deeper, where its reference is text.
  mutating func run(_ block: DefinedBlock, at position: TemplatePosition) throws(TemplateError) -> Ending? {
    guard block.depth < 2 else { return nil }
    guard definitionDepth < Template.maximumDepth else {
      throw TemplateError(
        position: position,
        reason: "#define blocks use each other more than \(Template.maximumDepth) levels deep; use fewer")
    }
    try countIteration(at: position)
    block.depth += 1
    definitionDepth += 1
    defer {
      block.depth -= 1
      definitionDepth -= 1
    }
    let ending = try run(block.statements)
    if case .left(nil) = ending { return .completed }
    return ending
  }

  /// What a `#define` block prints now.
  mutating func text(of block: DefinedBlock, at position: TemplatePosition) throws(TemplateError) -> String {
    let saved = output
    output = ""
    defer { output = saved }
    _ = try run(block, at: position)
    return output
  }

  /// A value for a comparison: a `#define` block counts as what it prints.
  mutating func printed(_ value: VelocityValue, at position: TemplatePosition) throws(TemplateError) -> VelocityValue {
    guard case .object(let object as DefinedBlock) = value else { return value }
    return .string(try text(of: object, at: position))
  }
}
