/// Proxy events in their senders' formats, reduced to the members that are read.
enum Events {
  static func rest(
    queue: String = "reports", definition: String = "render", method: String = "POST", body: String = "",
    contentType: String? = "application/json", key: String? = nil
  ) -> String {
    """
    {"resource":"/jobs/{jobQueue}/{jobDefinition}","httpMethod":"\(method)","path":"/jobs/\(queue)/\(definition)",
     "headers":\(headers(contentType, key)),"body":"\(body)","isBase64Encoded":false,
     "pathParameters":{"jobQueue":"\(queue)","jobDefinition":"\(definition)"},"requestContext":{"resourcePath":"/"}}
    """
  }

  static func httpV2(
    path: String, method: String = "POST", domain: String = "a1.execute-api.us-east-1.amazonaws.com",
    parameters: String = "null",
    body: String = ""
  ) -> String {
    """
    {"version":"2.0","rawPath":"\(path)","headers":{},"body":"\(body)","pathParameters":\(parameters),
     "requestContext":{"domainName":"\(domain)","http":{"method":"\(method)"}}}
    """
  }

  static func functionURL(path: String, method: String = "POST", body: String = "") -> String {
    httpV2(path: path, method: method, domain: "x7y8.lambda-url.us-east-1.on.aws", body: body)
  }

  static func loadBalancer(path: String, method: String = "POST", body: String = "") -> String {
    """
    {"requestContext":{"elb":{}},"httpMethod":"\(method)","path":"\(path)","headers":{},"body":"\(body)"}
    """
  }

  private static func headers(_ contentType: String?, _ key: String?) -> String {
    let headers = [("Content-Type", contentType), ("Idempotency-Key", key)].compactMap { name, value in
      value.map { "\"\(name)\":\"\($0)\"" }
    }
    return headers.isEmpty ? "null" : "{\(headers.joined(separator: ","))}"
  }
}
