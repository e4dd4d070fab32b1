internal import NIOHTTP1

/// A response of the server itself, to a request that it doesn't pass on.
struct Refusal: Equatable {
  let status: HTTPResponseStatus
  /// What is wrong with the request, and the fix: the response's body, and a line of the log.
  let reason: String

  /// The request may not use this server.
  static func forbidden(_ reason: String, fix: String?) -> Refusal {
    Refusal(status: .forbidden, reason: fix.map { "\(reason); \($0)" } ?? reason)
  }

  /// The request doesn't have exactly one Host header.
  static func hostCount(_ count: Int) -> Refusal {
    Refusal(
      status: .badRequest,
      reason: "\(count == 0 ? "the Host header is missing" : "there are \(count) Host headers"); send exactly one")
  }

  /// The body takes too long to arrive.
  static func slow(_ limit: Duration) -> Refusal {
    Refusal(status: .requestTimeout, reason: "the body did not arrive within \(limit.formatted); send it faster")
  }

  /// Too many connections are open.
  static func connections(_ limit: Int) -> Refusal {
    Refusal(
      status: .serviceUnavailable, reason: "all \(limit) connections are in use; close some, and try again")
  }

  /// Too many requests are being served.
  static func requests(_ limit: Int) -> Refusal {
    Refusal(status: .serviceUnavailable, reason: "\(limit) requests are already being served; try again")
  }

  /// The header fields of the response.
  var headers: HTTPHeaders {
    var headers: HTTPHeaders = [
      "Content-Type": "text/plain; charset=utf-8", "Content-Length": String(text.utf8.count),
      "X-Content-Type-Options": "nosniff", "Connection": "close",
    ]
    if status == .serviceUnavailable { headers.add(name: "Retry-After", value: "1") }
    return headers
  }

  /// The body of the response.
  var text: String { "apigw-batch: \(reason)\n" }
}

/// A request that a local server refused by itself, for the log.
package struct RefusedRequest: Sendable, CustomStringConvertible {
  /// The method; `-` if the connection was refused before its request was read.
  package let method: String
  /// The path as sent, without the query; `-` as above.
  package let path: String
  /// The status code.
  package let status: Int
  /// Why it was refused.
  package let reason: String

  /// - Parameter target: the request's target, with its query.
  init(_ refusal: Refusal, method: String = "-", target: String = "-") {
    self.method = method
    path = String(target.prefix { $0 != "?" })
    status = Int(refusal.status.code)
    reason = refusal.reason
  }

  /// For example, `POST /v1/submitjob 403: the host "evil.example" is not a loopback name`.
  package var description: String { "\(method) \(path) \(status): \(reason)".printable }
}

extension Duration {
  /// The duration in seconds, such as `60 s`.
  fileprivate var formatted: String {
    let (seconds, attoseconds) = components
    return attoseconds == 0 ? "\(seconds) s" : "\(Double(seconds) + Double(attoseconds) * 1e-18) s"
  }
}
