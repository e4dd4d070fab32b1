internal import JSONTree
internal import VelocityTemplate

/// `$input` in a mapping template: a body, and the parameters of the request.
///
/// See [Variables for data transformations](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference).
final class TemplateInput: VelocityObject {
  private let body: String
  private let parameters: MethodParameters
  /// `$input.params()`.
  private let allParameters: VelocityMap
  private lazy var document = Self.document(body)

  /// The input of one evaluation. API Gateway treats an empty body as `{}`.
  init(body: String, parameters: MethodParameters) {
    self.body = body.isEmpty ? "{}" : body
    self.parameters = parameters
    allParameters = parameters.map
  }

  var text: String { "$input" }

  func property(_ name: String) -> VelocityValue { name == "body" ? .string(body) : .null }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count, arguments.first) {
    case ("body", 0, _): return .string(body)
    case ("params", 0, _): return .map(allParameters)
    case ("params", 1, .string(let name)?): return .string(parameters[name] ?? "")
    case ("path", 1, .string(let path)?): return try value(path).map { VelocityValue($0) } ?? .null
    case ("json", 1, .string(let path)?):
      // For a missing value, API Gateway returns an empty string, including its quotes.
      guard let value = try value(path) else { return .string("\"\"") }
      return .string(try VelocityValue(value).json(within: TemplateLimits().length))
    case ("body", _, _), ("params", _, _), ("path", _, _), ("json", _, _): throw .arguments
    default: throw .unknown
    }
  }

  private func value(_ path: String) throws(MethodError) -> JSON? {
    do throws(JSONPathError) {
      return try JSONPath(path).value(in: document)
    } catch {
      throw MethodError(error.reason)
    }
  }

  /// The body as JSON. A body that isn't JSON, such as a form, becomes a string.
  private static func document(_ body: String) -> JSON {
    (try? JSON(parsing: Array(body.utf8))) ?? .string(body)
  }
}
