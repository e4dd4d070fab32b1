/// What a reference without a value means in a template: a missing variable, property or key, or a null.
package enum TemplateDialect: Hashable, Sendable {
  /// Velocity's default settings: it's printed as written, it's false, and `#set` with it has no effect.
  case velocity
  /// API Gateway's mapping templates: it's an empty string. That prints nothing, equals `""`, and is true in an `#if`.
  ///
  /// Velocity 1.7 behaves like this with an event handler that returns `""` for every invalid reference. So configured,
  /// it prints what API Gateway printed for each of the 198 templates recorded in the tests of
  /// [localstack/airspeed](https://github.com/localstack/airspeed).
  case apiGateway
}
