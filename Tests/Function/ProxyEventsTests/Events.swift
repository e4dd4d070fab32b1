/// Proxy events in their senders' formats, reduced to the members that identify the sender or are read.
enum Events {
  /// REST API: the path as the client wrote it.
  static func rest(
    queue: String = "reports", definition: String = "render", headers: String = #"{"Content-Type":"application/json"}"#,
    multiValueHeaders: String = "null", body: String = "null", base64: String = "false"
  ) -> String {
    """
    {"resource":"/jobs/{jobQueue}/{jobDefinition}","path":"/jobs/\(queue)/\(definition)","httpMethod":"POST",
     "headers":\(headers),"multiValueHeaders":\(multiValueHeaders),"queryStringParameters":null,
     "pathParameters":{"jobQueue":"\(queue)","jobDefinition":"\(definition)"},"stageVariables":null,
     "requestContext":{"resourcePath":"/jobs/{jobQueue}/{jobDefinition}","httpMethod":"POST","stage":"prod"},
     "body":\(body),"isBase64Encoded":\(base64)}
    """
  }

  /// HTTP API, payload format 1.0: a REST API's event with a version and a decoded path.
  static func httpV1(queue: String = "reports", definition: String = "render") -> String {
    "{\"version\":\"1.0\",\(rest(queue: queue, definition: definition).dropFirst())"
  }

  /// HTTP API, payload format 2.0: the path decoded.
  static func httpV2(
    path: String = "/jobs/reports/render", parameters: String = "null",
    domain: String = "a1.execute-api.us-east-1.amazonaws.com",
    method: String = "POST", headers: String = #"{"content-type":"application/json"}"#
  ) -> String {
    """
    {"version":"2.0","routeKey":"$default","rawPath":"\(path)","rawQueryString":"","headers":\(headers),
     "pathParameters":\(parameters),"body":"{}","isBase64Encoded":false,
     "requestContext":{"domainName":"\(domain)","http":{"method":"\(method)","path":"\(path)","protocol":"HTTP/1.1"}}}
    """
  }

  /// Function URL: payload format 2.0, the path as the client wrote it.
  static func functionURL(path: String = "/jobs/reports/render", method: String = "POST") -> String {
    httpV2(path: path, domain: "x7y8.lambda-url.us-east-1.on.aws", method: method)
  }

  /// Load balancer: the path as the client wrote it; `headers` or `multiValueHeaders`.
  static func loadBalancer(
    path: String = "/jobs/reports/render", headers: String = #""headers":{"content-type":"application/json"}"#
  ) -> String {
    """
    {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/1"}},
     "httpMethod":"POST","path":"\(path)","queryStringParameters":{},\(headers),"body":"","isBase64Encoded":false}
    """
  }
}
