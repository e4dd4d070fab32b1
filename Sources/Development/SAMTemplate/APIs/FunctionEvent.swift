/// An event of type Api or HttpApi: a route from an API to a function.
struct FunctionEvent {
  /// The function's logical id.
  let function: String
  /// Api or HttpApi.
  let kind: ImplicitAPI
  /// The event's properties.
  let properties: TemplateValue
}
