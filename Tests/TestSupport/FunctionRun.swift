internal import Foundation

/// The record of one run of the function.
package struct FunctionRun: Sendable {
  /// What it posted to the Runtime API, in order.
  package let posts: [RuntimeAPI.Post]
  /// The number of times it asked for an event.
  package let polls: Int
  /// Milliseconds from its start to its first Runtime API call; nil if there was none.
  package let initDuration: Int?
  /// The server that replaced AWS Batch.
  package let batch: ScriptedServer
  /// Its exit status if it exited by itself; nil if it kept waiting for events.
  package let exitStatus: Int?
  /// Its standard output.
  package let standardOutput: String
  /// Its standard error.
  package let standardError: String

  /// The responses it posted, in order, without errors.
  package var responses: [ProxyResponse] {
    posts.filter { $0.kind == .response }.map { ProxyResponse($0.request.body) }
  }

  /// The first response; one without a status if there was none.
  package var response: ProxyResponse { responses.first ?? ProxyResponse([]) }
  /// The first response's problem.
  package var problem: Problem { response.problem }
  /// The lines of its standard output, then those of its standard error.
  package var log: [LogLine] {
    (standardOutput + standardError).split(separator: "\n").map { LogLine(text: String($0)) }
  }
  /// All its output.
  package var written: String { standardOutput + standardError }
}

/// A line of the function's log.
package struct LogLine: Sendable {
  /// The line, without its line break.
  package let text: String
  /// The members of the line; empty if it is not a JSON object.
  package var json: [String: Any] { JSONText.object(text.utf8) }

  /// A member that is a string; nil otherwise.
  package subscript(name: String) -> String? { json[name] as? String }
}

/// A proxy integration's response, as posted.
package struct ProxyResponse: Sendable {
  /// The posted bytes.
  package let bytes: [UInt8]

  /// The response in these bytes.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The members of the response.
  package var json: [String: Any] { JSONText.object(bytes) }
  /// The names of its members. A REST API rejects unknown ones.
  package var members: Set<String> { Set(json.keys) }
  /// The HTTP status code; nil if there was no response.
  package var statusCode: Int? { json["statusCode"] as? Int }
  /// The body as text.
  package var body: String { json["body"] as? String ?? "" }
  /// The problem in its body.
  package var problem: Problem { Problem(json: JSONText.object(body.utf8)) }

  /// A header's value, whatever the case of its name, from either of the two maps.
  package func header(_ name: String) -> String? {
    let single = json["headers"] as? [String: String] ?? [:]
    let multiple = (json["multiValueHeaders"] as? [String: [String]] ?? [:]).mapValues { $0.joined(separator: ", ") }
    return single.merging(multiple) { $1 }.first { $0.key.lowercased() == name.lowercased() }?.value
  }
}

/// Problem details of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457), with this function's own members.
package struct Problem {
  /// All its members.
  package let json: [String: Any]

  /// The problem type.
  package var type: String? { json["type"] as? String }
  /// The short summary of the type.
  package var title: String? { json["title"] as? String }
  /// The HTTP status code, repeated.
  package var status: Int? { json["status"] as? Int }
  /// What happened in this case; empty if missing.
  package var detail: String { json["detail"] as? String ?? "" }
  /// The Lambda request id.
  package var requestID: String? { json["requestId"] as? String }
  /// Whether a job was submitted: `no` or `unknown`.
  package var submitted: String? { json["submitted"] as? String }
}
