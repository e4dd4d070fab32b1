/// The value of a `#define`d variable: statements that run, with the variables as they are then, wherever it's printed.
final class DefinedBlock: VelocityObject {
  let statements: [Statement]
  /// How often it's running: inside itself, if it prints its own variable.
  var depth = 0

  init(_ statements: [Statement]) { self.statements = statements }

  /// For error messages. The evaluator prints the block itself.
  var text: String { "a #define block" }

  func property(_ name: String) -> VelocityValue { .null }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue { throw .unknown }
}
