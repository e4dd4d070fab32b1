internal import Foundation

extension RuntimeAPI.Event {
  /// A REST API's event (payload 1.0), with path parameters as the client sent them, percent-encoded.
  package static func rest(
    queue: String = "reports", definition: String = "render:3", body: String? = nil,
    contentType: String? = "application/json", edit: (inout [String: Any]) -> Void = { _ in }
  ) -> RuntimeAPI.Event {
    let path = "/jobs/\(queue)/\(definition)"
    var headers = ["Accept": "*/*", "Host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "User-Agent": "curl/8.5"]
    headers["Content-Type"] = contentType
    headers["X-Forwarded-Proto"] = "https"
    return make(edit) {
      $0["resource"] = "/jobs/{jobQueue}/{jobDefinition}"
      $0["path"] = path
      $0["httpMethod"] = "POST"
      $0["headers"] = headers
      $0["multiValueHeaders"] = headers.mapValues { [$0] }
      $0["queryStringParameters"] = NSNull()
      $0["multiValueQueryStringParameters"] = NSNull()
      $0["pathParameters"] = ["jobQueue": queue, "jobDefinition": definition]
      $0["stageVariables"] = NSNull()
      $0["requestContext"] = [
        "resourceId": "d4r5t6", "resourcePath": "/jobs/{jobQueue}/{jobDefinition}", "httpMethod": "POST",
        "path": "/prod\(path)", "accountId": "123456789012", "protocol": "HTTP/1.1", "stage": "prod",
        "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "apiId": "a1b2c3d4e5",
        "requestTimeEpoch": 1_783_699_200_000,
        "identity": ["sourceIp": "192.0.2.1", "userAgent": "curl/8.5", "caller": NSNull()] as [String: Any],
      ]
      $0["body"] = body ?? NSNull()
      $0["isBase64Encoded"] = false
    }
  }

  /// An HTTP API's event (payload 2.0), with decoded path parameters and lower-case header names.
  package static func http(
    queue: String = "reports", definition: String = "render:3", body: String? = nil,
    contentType: String? = "application/json", edit: (inout [String: Any]) -> Void = { _ in }
  ) -> RuntimeAPI.Event {
    let route = "POST /jobs/{jobQueue}/{jobDefinition}"
    let domain = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"
    return version2(path: "/jobs/\(queue)/\(definition)", route, domain, body, contentType) {
      $0["pathParameters"] = ["jobQueue": queue, "jobDefinition": definition]
      edit(&$0)
    }
  }

  /// A function URL's event (payload 2.0), without path parameters and with a percent-encoded `rawPath`.
  package static func functionURL(
    path: String = "/jobs/reports/render:3", body: String? = nil, contentType: String? = "application/json",
    edit: (inout [String: Any]) -> Void = { _ in }
  ) -> RuntimeAPI.Event {
    version2(path: path, "$default", "x7y8z9.lambda-url.us-east-1.on.aws", body, contentType, edit: edit)
  }

  /// An HTTP API's event for its `$default` route, without path parameters and with a decoded `rawPath`.
  package static func defaultRoute(
    path: String = "/jobs/reports/render:3", body: String? = nil, contentType: String? = "application/json",
    edit: (inout [String: Any]) -> Void = { _ in }
  ) -> RuntimeAPI.Event {
    version2(
      path: path, "$default", "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", body, contentType, edit: edit)
  }

  /// An Application Load Balancer's event, with its headers in either of the two maps.
  package static func alb(
    path: String = "/jobs/reports/render:3", body: String? = nil, contentType: String? = "application/json",
    multiValueHeaders: Bool = false, edit: (inout [String: Any]) -> Void = { _ in }
  ) -> RuntimeAPI.Event {
    var headers = ["accept": "*/*", "host": "jobs.example.com", "user-agent": "curl/8.5", "x-forwarded-proto": "https"]
    headers["content-type"] = contentType
    let group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/jobs/6d0ecf831eec9f09"
    return make(edit) {
      $0["requestContext"] = ["elb": ["targetGroupArn": group]]
      $0["httpMethod"] = "POST"
      $0["path"] = path
      $0[multiValueHeaders ? "multiValueQueryStringParameters" : "queryStringParameters"] = [String: Any]()
      $0[multiValueHeaders ? "multiValueHeaders" : "headers"] = multiValueHeaders ? headers.mapValues { [$0] } : headers
      $0["body"] = body ?? ""
      $0["isBase64Encoded"] = false
    }
  }

  private static func version2(
    path: String, _ route: String, _ domain: String, _ body: String?, _ contentType: String?,
    edit: (inout [String: Any]) -> Void
  ) -> RuntimeAPI.Event {
    var headers = ["accept": "*/*", "host": domain, "user-agent": "curl/8.5", "x-forwarded-proto": "https"]
    headers["content-type"] = contentType
    return make(edit) {
      $0["version"] = "2.0"
      $0["routeKey"] = route
      $0["rawPath"] = path
      $0["rawQueryString"] = ""
      $0["headers"] = headers
      $0["requestContext"] = [
        "accountId": "anonymous", "apiId": "a1b2c3d4e5", "domainName": domain, "domainPrefix": "a1b2c3d4e5",
        "http": [
          "method": "POST", "path": path.removingPercentEncoding ?? path, "protocol": "HTTP/1.1",
          "sourceIp": "192.0.2.1", "userAgent": "curl/8.5",
        ],
        "requestId": "JKJaXmPLvHcESHA=", "routeKey": route, "stage": "$default",
        "time": "10/Jul/2026:16:00:00 +0000", "timeEpoch": 1_783_699_200_000,
      ]
      $0["body"] = body
      $0["isBase64Encoded"] = false
    }
  }

  private static func make(
    _ edit: (inout [String: Any]) -> Void, _ fill: (inout [String: Any]) -> Void
  ) -> RuntimeAPI.Event {
    var event: [String: Any] = [:]
    fill(&event)
    edit(&event)
    return RuntimeAPI.Event(JSONText.bytes(event))
  }
}
