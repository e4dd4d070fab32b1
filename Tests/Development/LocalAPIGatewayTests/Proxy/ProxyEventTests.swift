import DevelopmentTestSupport
import Foundation
import JSONTree
import Platform
import SAMTemplate
import Testing

@testable import LocalAPIGateway

/// The comparisons include the order of members.
@Suite("The event of an aws_proxy integration")
struct ProxyEventTests {
  private func parsed(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

  @Test("of a REST API has the path as sent, two maps of headers, and nulls")
  func rest() throws {
    var api = APIDefinition.example(.rest, stage: "live")
    api.stageVariables = [:]
    let event = try RoutedRequest.on("/{proxy+}", method: nil, of: api).event(.v1)
    let (resourceID, deploymentID) = (
      event["requestContext"]?["resourceId"]?.string ?? "", event["requestContext"]?["deploymentId"]?.string ?? ""
    )
    #expect(resourceID.wholeMatch(of: #/[a-z0-9]{6}/#) != nil && deploymentID.wholeMatch(of: #/[a-z0-9]{6}/#) != nil)
    let expected = #"""
      {
        "resource": "/{proxy+}",
        "path": "/capture/space%20value",
        "httpMethod": "POST",
        "headers": {
          "accept": "*/*",
          "content-type": "application/json",
          "cookie": "session=abc123; theme=dark",
          "Host": "localhost:3000",
          "User-Agent": "curl/8.7.1",
          "X-Amzn-Trace-Id": "Root=1-6a5145a8-536f3e792f6be9b44c1f46fa",
          "X-Forwarded-For": "127.0.0.1",
          "X-Forwarded-Port": "3000",
          "X-Forwarded-Proto": "http",
          "x-voker-probe": "second"
        },
        "multiValueHeaders": {
          "accept": ["*/*"],
          "content-type": ["application/json"],
          "cookie": ["session=abc123; theme=dark"],
          "Host": ["localhost:3000"],
          "User-Agent": ["curl/8.7.1"],
          "X-Amzn-Trace-Id": ["Root=1-6a5145a8-536f3e792f6be9b44c1f46fa"],
          "X-Forwarded-For": ["127.0.0.1"],
          "X-Forwarded-Port": ["3000"],
          "X-Forwarded-Proto": ["http"],
          "x-voker-probe": ["first", "second"]
        },
        "queryStringParameters": {
          "repeat": "two", "redirect": "https://example.com/a/b", "literalPlus": "a b", "encodedPlus": "a+b", "empty": ""
        },
        "multiValueQueryStringParameters": {
          "repeat": ["one", "two"], "redirect": ["https://example.com/a/b"], "literalPlus": ["a b"],
          "encodedPlus": ["a+b"], "empty": [""]
        },
        "pathParameters": { "proxy": "capture/space%20value" },
        "stageVariables": null,
        "requestContext": {
          "resourceId": "RESOURCE",
          "resourcePath": "/{proxy+}",
          "httpMethod": "POST",
          "extendedRequestId": "ATfSdF7nPHcErRA=",
          "requestTime": "10/Jul/2026:19:19:04 +0000",
          "path": "/live/capture/space%20value",
          "accountId": "123456789012",
          "protocol": "HTTP/1.1",
          "stage": "live",
          "domainPrefix": "5h7pqvr9u4",
          "requestTimeEpoch": 1783711144836,
          "requestId": "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0",
          "identity": {
            "cognitoIdentityPoolId": null,
            "accountId": null,
            "cognitoIdentityId": null,
            "caller": null,
            "sourceIp": "127.0.0.1",
            "principalOrgId": null,
            "accessKey": null,
            "cognitoAuthenticationType": null,
            "cognitoAuthenticationProvider": null,
            "userArn": null,
            "userAgent": "curl/8.7.1",
            "user": null
          },
          "domainName": "5h7pqvr9u4.execute-api.us-west-2.amazonaws.com",
          "deploymentId": "DEPLOYMENT",
          "apiId": "5h7pqvr9u4"
        },
        "body": "{\"λ\":\"é\\n\"}",
        "isBase64Encoded": false
      }
      """#
    #expect(
      try event
        == parsed(expected.replacing("RESOURCE", with: resourceID).replacing("DEPLOYMENT", with: deploymentID)))
  }

  @Test("of an HTTP API, format 1.0, has the decoded path, its own spelling of headers, and the body's length")
  func http1() throws {
    let event = try RoutedRequest.on("/capture/{name}", of: .example(.http)).event(.v1)
    let expected = #"""
      {
        "version": "1.0",
        "resource": "/capture/{name}",
        "path": "/capture/space value",
        "httpMethod": "POST",
        "headers": {
          "Content-Length": "13",
          "Content-Type": "application/json",
          "Host": "localhost:3000",
          "User-Agent": "curl/8.7.1",
          "X-Amzn-Trace-Id": "Root=1-6a5145a8-536f3e792f6be9b44c1f46fa",
          "X-Forwarded-For": "127.0.0.1",
          "X-Forwarded-Port": "3000",
          "X-Forwarded-Proto": "http",
          "accept": "*/*",
          "cookie": "session=abc123; theme=dark",
          "x-voker-probe": "second"
        },
        "multiValueHeaders": {
          "Content-Length": ["13"],
          "Content-Type": ["application/json"],
          "Host": ["localhost:3000"],
          "User-Agent": ["curl/8.7.1"],
          "X-Amzn-Trace-Id": ["Root=1-6a5145a8-536f3e792f6be9b44c1f46fa"],
          "X-Forwarded-For": ["127.0.0.1"],
          "X-Forwarded-Port": ["3000"],
          "X-Forwarded-Proto": ["http"],
          "accept": ["*/*"],
          "cookie": ["session=abc123; theme=dark"],
          "x-voker-probe": ["first", "second"]
        },
        "queryStringParameters": {
          "repeat": "two", "redirect": "https://example.com/a/b", "literalPlus": "a b", "encodedPlus": "a+b", "empty": ""
        },
        "multiValueQueryStringParameters": {
          "repeat": ["one", "two"], "redirect": ["https://example.com/a/b"], "literalPlus": ["a b"],
          "encodedPlus": ["a+b"], "empty": [""]
        },
        "pathParameters": { "name": "space value" },
        "stageVariables": null,
        "requestContext": {
          "accountId": "123456789012",
          "apiId": "5h7pqvr9u4",
          "domainName": "5h7pqvr9u4.execute-api.us-west-2.amazonaws.com",
          "domainPrefix": "5h7pqvr9u4",
          "extendedRequestId": "ATfSdF7nPHcErRA=",
          "httpMethod": "POST",
          "identity": {
            "accessKey": null,
            "accountId": null,
            "caller": null,
            "cognitoAmr": null,
            "cognitoAuthenticationProvider": null,
            "cognitoAuthenticationType": null,
            "cognitoIdentityId": null,
            "cognitoIdentityPoolId": null,
            "principalOrgId": null,
            "sourceIp": "127.0.0.1",
            "user": null,
            "userAgent": "curl/8.7.1",
            "userArn": null
          },
          "path": "/capture/space value",
          "protocol": "HTTP/1.1",
          "requestId": "ATfSdF7nPHcErRA=",
          "requestTime": "10/Jul/2026:19:19:04 +0000",
          "requestTimeEpoch": 1783711144836,
          "resourceId": "POST /capture/{name}",
          "resourcePath": "/capture/{name}",
          "stage": "$default"
        },
        "body": "{\"λ\":\"é\\n\"}",
        "isBase64Encoded": false
      }
      """#
    #expect(try event == parsed(expected))
  }

  /// The common part of format 2.0 in HTTP APIs and function URLs, with placeholders for the rest.
  private let version2 = #"""
    {
      "version": "2.0",
      "routeKey": "ROUTE",
      "rawPath": "RAWPATH",
      "rawQueryString": "repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=",
      "cookies": ["session=abc123", "theme=dark"],
      "headers": {
        "accept": "*/*",
        "content-length": "13",
        "content-type": "application/json",COOKIE
        "host": "localhost:3000",
        "user-agent": "curl/8.7.1",
        "x-amzn-trace-id": "Root=1-6a5145a8-536f3e792f6be9b44c1f46fa",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "3000",
        "x-forwarded-proto": "http",
        "x-voker-probe": "first,second"
      },
      "queryStringParameters": {
        "repeat": "one,two", "redirect": "https://example.com/a/b", "literalPlus": "a b", "encodedPlus": "a+b",
        "empty": ""
      },
      "requestContext": {
        "accountId": "ACCOUNT",
        "apiId": "5h7pqvr9u4",
        "domainName": "5h7pqvr9u4.DOMAIN",
        "domainPrefix": "5h7pqvr9u4",
        "http": {
          "method": "POST",
          "path": "/capture/space value",
          "protocol": "HTTP/1.1",
          "sourceIp": "127.0.0.1",
          "userAgent": "curl/8.7.1"
        },
        "requestId": "REQUEST",
        "routeKey": "ROUTE",
        "stage": "$default",
        "time": "10/Jul/2026:19:19:04 +0000",
        "timeEpoch": 1783711144836
      },PARAMETERS
      "body": "{\"λ\":\"é\\n\"}",
      "isBase64Encoded": false
    }
    """#

  @Test("of an HTTP API, format 2.0, has the decoded path, lower-case headers, and separate cookies")
  func http2() throws {
    let event = try RoutedRequest.on("/capture/{name}", of: .example(.http)).event()
    let expected = version2.replacing("ROUTE", with: "POST /capture/{name}").replacing("COOKIE", with: "")
      .replacing("RAWPATH", with: "/capture/space value").replacing("ACCOUNT", with: "123456789012")
      .replacing("DOMAIN", with: "execute-api.us-west-2.amazonaws.com").replacing("REQUEST", with: "ATfSdF7nPHcErRA=")
      .replacing("PARAMETERS", with: #""pathParameters": { "name": "space value" },"#)
    #expect(try event == parsed(expected))
  }

  @Test("of a function URL has rawPath as sent, cookies in both places, and its own domain")
  func functionURL() throws {
    let event = try RoutedRequest.on(nil, of: .example(.functionURL)).event()
    let expected = version2.replacing("ROUTE", with: "$default")
      .replacing("COOKIE", with: #""cookie": "session=abc123; theme=dark","#)
      .replacing("RAWPATH", with: "/capture/space%20value").replacing("ACCOUNT", with: "anonymous")
      .replacing("DOMAIN", with: "lambda-url.us-west-2.on.aws")
      .replacing("REQUEST", with: "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0").replacing("PARAMETERS", with: "")
    #expect(try event == parsed(expected))
  }
}

extension JSON {
  /// The paths of an object's members, recursively, except those of headers, which vary.
  var names: [String] {
    guard case .object(let members) = self else { return [] }
    return members.flatMap { member in
      let inner = member.name.lowercased().hasSuffix("headers") ? [] : member.value.names
      return [member.name] + inner.map { "\(member.name).\($0)" }
    }
  }
}
