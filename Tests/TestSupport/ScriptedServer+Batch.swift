extension ScriptedServer.Response {
  /// The body of `submitted`, with unusual white space that shows whether the body was rewritten.
  package static let submittedBody = """
    {"jobArn":"arn:aws:batch:us-east-1:123456789012:job/8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60",  \
    "jobId" : "8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60","jobName":"render-1"}
    """

  /// SubmitJob's response if Batch accepts the job.
  package static let submitted = ScriptedServer.Response(200, submittedBody)

  /// An error in Batch's format: the type in a header, the message in the body.
  package static func error(_ status: Int, _ type: String, _ message: String? = nil) -> ScriptedServer.Response {
    let headers = [("Content-Type", "application/json"), ("x-amzn-ErrorType", type)]
    let body: [String: Any] = message.map { ["message": $0] } ?? [:]
    return ScriptedServer.Response(status, headers: headers, JSONText.bytes(body))
  }
}

extension ScriptedServer.Reply {
  /// Accepts the job.
  package static let submitted = ScriptedServer.Reply.answer(.submitted)

  /// Responds with an error in Batch's format: the type in a header, the message in the body.
  package static func error(_ status: Int, _ type: String, _ message: String? = nil) -> ScriptedServer.Reply {
    .answer(.error(status, type, message))
  }

  /// Responds that there were too many requests.
  package static let throttle = error(429, "TooManyRequestsException", "Too Many Requests")
}

extension ScriptedServer {
  /// A Batch that follows the script, one reply per job, and then repeats the last one forever; `opening` is the reply
  /// to the request that only opens a connection.
  package static func batch(
    _ script: Reply..., opening: Reply = .error(403, "MissingAuthenticationTokenException")
  ) throws -> ScriptedServer {
    let rest = Monitor(script[...])
    return try ScriptedServer { request in
      if request.opensConnection { return opening }
      return rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .close }
    }
  }

  /// The requests so far, except those that only open a connection.
  package var jobs: [Request] { requests.filter { !$0.opensConnection } }
}

extension ScriptedServer.Request {
  /// Whether this is the request that the function sends during init.
  package var opensConnection: Bool { method == "GET" && path == "/" }
}
