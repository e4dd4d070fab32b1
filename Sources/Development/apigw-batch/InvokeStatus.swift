internal import LocalLambda
internal import RawJSON

/// The result of an invocation, from best to worst.
enum InvokeStatus: Comparable {
  case success, problem, noProxyResponse, functionError

  /// Reads the proxy response's `statusCode`; API Gateway assumes 200 if it is absent.
  init(_ outcome: CompletedInvocation.Outcome) {
    switch outcome {
    case .functionError: self = .functionError
    case .response(let payload):
      switch Self.statusCode(of: payload) {
      case .some(200..<300): self = .success
      case .some: self = .problem
      case nil: self = .noProxyResponse
      }
    }
  }

  /// The status in a proxy response: its `statusCode`, or 200 if that is missing; nil if it is not a proxy response.
  static func statusCode(of payload: [UInt8]) -> Int? {
    guard let response = try? JSONValue(parsing: payload).object() else { return nil }
    guard let member = response["statusCode"] else { return 200 }
    // REST APIs accept a number in a string, too.
    let text = (try? member.string()) ?? String(decoding: member.bytes, as: UTF8.self)
    return Int(text).flatMap { (100..<600).contains($0) ? $0 : nil }
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
