/// An entry of an integration's `requestParameters`: where a value goes, and where it comes from.
struct RequestParameter: Sendable {
  /// The key, such as `integration.request.header.X-Amz-Target`.
  let destination: String
  /// The value, such as `'static'` or `method.request.querystring.name`.
  let source: String
}
