internal import LocalLambda
internal import RawJSON

/// What an invocation came to, from best to worst.
enum InvokeStatus: Comparable {
  case success, problem, noProxyResponse, functionError

  /// Reads the proxy response's `statusCode`; API Gateway takes 200 for one that is absent.
  init(_ outcome: CompletedInvocation.Outcome) {
    switch outcome {
    case .functionError: self = .functionError
    case .response(let payload):
      guard let response = try? JSONValue(parsing: payload).object() else {
        self = .noProxyResponse
        return
      }
      guard let member = response["statusCode"] else {
        self = .success
        return
      }
      // REST APIs take a number in a string, too.
      let text = (try? member.string()) ?? String(decoding: member.bytes, as: UTF8.self)
      switch Int(text) {
      case .some(200..<300): self = .success
      case .some(100..<600): self = .problem
      default: self = .noProxyResponse
      }
    }
  }

  /// The command's exit status.
  var exitStatus: Int32 {
    switch self {
    case .success: 0
    case .problem: 1
    case .noProxyResponse, .functionError: 2
    }
  }
}
