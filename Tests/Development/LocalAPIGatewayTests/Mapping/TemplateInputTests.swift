import JSONTree
import LocalLambda
import Testing
import VelocityTemplate

@testable import LocalAPIGateway

@Suite("$input in a mapping template")
struct TemplateInputTests {
  /// From LocalStack's test_apigateway_common.snapshot.json, test_input_path_template_formatting: recorded from AWS on
  /// 2025-06-18. There, the body is in the member `json` of an echo server's response.
  @Test(
    "prints the result of path() as in a recording of AWS",
    arguments: [
      ("$result", #"{"foo": "bar"}"#, "{foo=bar}"),
      ("$result", #"[{"foo": "bar"}]"#, #"[{"foo":"bar"}]"#),
      ("$result.nested", #"{"nested": {"foo": "bar"}}"#, "{foo=bar}"),
      ("$result.nested", #"{"nested": [{"foo": "bar"}]}"#, #"[{"foo":"bar"}]"#),
      ("$result[0]", #"[{"foo": "bar"}]"#, "{foo=bar}"),
      ("$result[0]", #"[[{"foo": "bar"}]]"#, #"[{"foo":"bar"}]"#),
      ("$result", #"{"foo": [{"nested": "bar"}]}"#, #"{foo=[{"nested":"bar"}]}"#),
      (
        "$result", #"{"bigger": "dict", "to": "test", "with": "separators"}"#,
        "{bigger=dict, to=test, with=separators}"
      ),
      ("$result.toString()", #"{"foo": "bar"}"#, "{foo=bar}"),
      ("$result.toString()", #"{"list": [{"foo": "bar"}]}"#, #"{list=[{"foo":"bar"}]}"#),
    ])
  func path(reference: String, json: String, text: String) throws {
    let exchange = Exchange(body: #"{"json": \#(json)}"#)
    #expect(try exchange.evaluate(#"#set($result = $input.path("$.json"))\#(reference)"#) == text)
  }

  /// From the same recording: missing, null and empty values.
  @Test(
    "distinguishes null, empty and missing as in a recording of AWS",
    arguments: [
      ("$.nonExisting", "", #"{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}"#),
      (
        "$.json.listValue", #"{"json": {"listValue": []}}"#,
        #"{"body": [], "nested": , "isNull": "false", "isEmptyString": "false"}"#
      ),
      (
        "$.json.listValue", #"{"json": {"listValue": null}}"#,
        #"{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}"#
      ),
    ])
  func absent(path: String, body: String, text: String) throws {
    let template =
      "#set($result = $input.path(\"\(path)\")){\"body\": $result, \"nested\": $result.nested, \"isNull\": "
      + "#if( $result == $null )\"true\"#else\"false\"#end, "
      + "\"isEmptyString\": #if( $result == \"\" )\"true\"#else\"false\"#end}"
    #expect(try Exchange(body: body).evaluate(template) == text)
  }

  @Test("takes a missing or null member for an empty text, which is true", arguments: ["$.absent", "$.a.b", "$.null"])
  func truth(path: String) throws {
    let template = "#if($input.path('\(path)'))T#{else}F#end#if($input.path('\(path)') == '')T#{else}F#end"
    #expect(try Exchange(body: #"{"null": null}"#).evaluate(template) == "TT")
  }

  /// From LocalStack's test_apigateway_common.snapshot.json, test_input_body_formatting: recorded from AWS on
  /// 2025-03-19.
  @Test(
    "returns the body as in a recording of AWS",
    arguments: [
      ("#set($result = $input.body)$result", "", "{}"),
      ("#set($result = $input.body)$result", #"{"some": "value"}"#, #"{"some": "value"}"#),
      ("#set($result = $input.body)$result", "some raw data", "some raw data"),
      ("Action=SendMessage&MessageBody=$input.body", "", "Action=SendMessage&MessageBody={}"),
      ("Action=SendMessage&MessageBody=$input.body", "some raw data", "Action=SendMessage&MessageBody=some raw data"),
      ("#set($result = $input.body.testAccess)$result", #"{"some": "value"}"#, ""),
      (
        "EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)", "",
        "EncodedBody=%7B%7D&EncodedBodyAccess="
      ),
      (
        "EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)",
        #"{"some": "value"}"#, "EncodedBody=%7B%22some%22%3A+%22value%22%7D&EncodedBodyAccess="
      ),
    ])
  func body(template: String, body: String, text: String) throws {
    #expect(try Exchange(body: body).evaluate(template) == text)
  }

  @Test(
    "returns JSON text",
    arguments: [
      ("$", "", "{}"), ("$", #" { "b" : 1 , "a" : [ true , null ] } "#, #"{"b":1,"a":[true,null]}"#),
      ("$.nope", "{}", #""""#), ("$.a", #"{"a": null}"#, "null"), ("$.a", #"{"a": ""}"#, #""""#),
      ("$.a", #"{"a": "é\u00e9\"\\\n\/"}"#, #""éé\"\\\n/""#), ("$", "a=b&c=d", #""a=b&c=d""#),
      ("$.x", "not json", #""""#),
      ("$..a", #"{"a": 1, "b": {"a": 2}}"#, "[1,2]"),
      (
        "$", "[1, 1.0, 1.50, 1e2, -0.001, 12345678901234567890123, 1e400, 1E7]",
        "[1,1.0,1.5,100.0,-0.001,12345678901234567890123,1e400,1.0E7]"
      ),
    ])
  func json(path: String, body: String, text: String) throws {
    #expect(try Exchange(body: body).evaluate("$input.json('\(path)')") == text)
  }

  @Test(
    "finds a parameter in the path, or else in the query, or else in the headers",
    arguments: [
      ("queue", "a%20%22b"), ("both", "of query"), ("q", "2"), ("plus", "a b+c\"d"), ("X-Tenant", "last"),
      ("x-tenant", "last"), ("Host", "127.0.0.1:3000"), ("nope", ""), ("empty", "header"),
      // Headers that end at the gateway, recorded in test_apigateway_integrations.snapshot.json,
      // test_apigateway_header_remapping_aws.
      ("Content-Length", ""), ("Expect", ""), ("TE", ""), ("Connection", ""), ("WWW-Authenticate", ""),
    ])
  func parameters(name: String, value: String) throws {
    let exchange = Exchange(
      path: "/jobs/a%20%22b", query: "q=1&q=2&plus=a+b%2Bc%22d&both=of+query&queue=no&empty=",
      headers: [
        ("both", "of header"), ("X-Tenant", "first"), ("x-tenant", "last"), ("empty", "header"),
        ("Content-Length", "0"),
        ("Expect", "100-continue"), ("TE", "deflate"), ("Connection", "close"), ("WWW-Authenticate", "Basic"),
        ("Host", "spoofed"),
      ])
    #expect(try exchange.evaluate("$input.params('\(name)')") == value)
  }

  @Test("lists all parameters as maps")
  func allParameters() throws {
    let exchange = Exchange(
      path: "/jobs/a%2Bb", query: "z=1&a=%2B&z=3", headers: [("X-Tenant", "t"), ("x-tenant", "u")])
    let template =
      "#foreach($type in $input.params().keySet())$type:#set($map = $input.params().get($type))"
      + "#foreach($name in $map.keySet()) $name=$map.get($name)#end;#end"
    #expect(
      try exchange.evaluate(template)
        == "path: queue=a%2Bb;querystring: z=3 a=+;header: Host=127.0.0.1:3000 "
        + "X-Amzn-Trace-Id=\(Exchange.traceID.root) X-Forwarded-For=203.0.113.7 X-Forwarded-Port=3000 "
        + "X-Forwarded-Proto=http X-Tenant=u;")
  }

  @Test("gives each evaluation its own maps and lists")
  func noLeak() throws {
    let exchange = Exchange(query: "a=1", body: #"{"a": {"b": [1]}}"#).exchange
    let template = try MappingTemplate(
      """
      #set($a = $input.path('$.a'))$a $input.params('a') $input.params().querystring $stageVariables\
      #set($a.c = 2)#set($x = $a.b.add(2))#set($x = $input.params().querystring.put('a', '2'))\
      #set($x = $stageVariables.put('s', 't'))#set($context.identity.caller = 'me') $a
      """)
    for _ in 1...2 {
      let text = try template.evaluate(
        body: #"{"a": {"b": [1]}}"#, parameters: exchange.values.parameters, context: exchange.values.context)
      #expect(text == "{b=[1]} 1 {a=1} {} {b=[1,2], c=2}")
    }
  }

  @Test(
    "rejects invalid calls",
    arguments: [
      ("$input.json('$.')", "can't parse the path"), ("$input.path()", "takes other arguments"),
      ("$input.params(1)", "takes other arguments"), ("$input.nope()", "does not exist"),
    ])
  func refusals(template: String, reason: String) {
    let error = #expect(throws: TemplateError.self) { try Exchange().evaluate("\n " + template) }
    #expect(error?.position.line == 2)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test("accepts documents of the maximum depth")
  func depth() throws {
    let deep = String(repeating: #"[{"a":"#, count: 250) + String(repeating: "}]", count: 250)
    let filled = deep.replacing(#":}"#, with: #":1}"#)
    #expect(try Exchange(body: filled).evaluate("$input.json('$')") == filled)
    #expect(try Exchange(body: filled).evaluate("$input.path('$')") == filled)
  }

  @Test("fails to print a list that contains itself")
  func cycle() {
    let template = "#set($a = $input.path('$'))#set($x = $a.add($a))$a"
    #expect(throws: TemplateError.self) { try Exchange(body: "[1]").evaluate(template) }
    let doubling =
      "#set($a = $input.path('$'))#foreach($i in [1..60])#set($b = $input.path('$'))"
      + "#set($x = $b.add($a))#set($x = $b.add($a))#set($a = $b)#end$a"
    #expect(throws: TemplateError.self) { try Exchange(body: "[]").evaluate(doubling) }
  }
}
