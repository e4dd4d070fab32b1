internal import HTTPTransport
package import Platform

/// A URL that JSON is posted to, over connections that are kept: what a load is sent to.
///
/// No request is sent twice: each may submit a job.
package struct HTTPTarget: Sendable {
  /// How long an answer may take, unless told otherwise: API Gateway itself waits no longer.
  package static let timeLimit = Duration.seconds(30)
  /// A connection that was unused for longer may be dead.
  private static let maximumIdleTime = Duration.seconds(10)

  let url: HTTPURL
  private let signing: Signing?
  private let clock: WallClock
  private let timeLimit: Duration
  private let configuration: HTTPClient.Configuration
  private let body: @Sendable (Int) -> [UInt8]

  /// - Parameters:
  ///   - environment: `AWS_CA_BUNDLE`, as everywhere.
  ///   - body: the JSON of the request of a number.
  /// - Throws: `EnvironmentError`, and `HTTPTargetError` when the URL can't be sent to as it stands.
  package init(
    url text: String, signing: Signing? = nil, environment: Environment, clock: WallClock = .system,
    timeLimit: Duration = Self.timeLimit, body: @escaping @Sendable (Int) -> [UInt8]
  ) throws {
    guard let url = HTTPURL(text) else {
      throw HTTPTargetError(
        url: text, reason: "is no URL: name one such as http://127.0.0.1:3000/jobs/queue/definition")
    }
    let parts = url.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard Self.isPlain(String(parts.first ?? "")), !url.path.contains("#") else {
      throw HTTPTargetError(
        url: text, reason: "is changed on the way: leave out empty segments, \".\", \"..\" and what follows a \"#\"")
    }
    self.url = url
    self.signing = signing
    self.clock = clock
    self.timeLimit = timeLimit
    self.body = body
    var configuration = HTTPClient.Configuration.comparison(
      isSecure: url.isSecure, try CertificateBundle(environment: environment))
    configuration.maximumIdleTime = Self.maximumIdleTime
    self.configuration = configuration
  }

  /// A sender with a connection of its own; `answers` takes note of what it gets.
  package func sender(noting answers: AnswerLog? = nil) throws -> LoadGenerator.Sender {
    let http = try HTTPClient(configuration, clock: clock)
    let builder = builder
    return { number in
      let request = request(number, by: builder)
      do throws(TransportError) {
        let response = try http.send(request, deadline: clock.now + timeLimit)
        answers?.note(Caller.Answer(status: response.status, body: response.body))
        return response.status
      } catch {
        throw HTTPTargetError(url: url.authority, reason: error.cause.rawValue)
      }
    }
  }

  /// Builds the requests of one caller.
  var builder: PostBuilder { PostBuilder(url, signing: signing) }

  /// The request of a number, signed where it has to be.
  func request(_ number: Int, by builder: PostBuilder) -> HTTPRequest {
    builder.post(body(number), contentType: "application/json", at: clock.now)
  }

  /// Whether libcurl and signers leave the path as it is.
  private static func isPlain(_ path: String) -> Bool {
    if path.isEmpty || path == "/" { return true }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return path.hasPrefix("/")
      && segments.enumerated().allSatisfy { index, segment in
        let plain = segment.lowercased().replacing("%2e", with: ".")
        return plain != "." && plain != ".." && (!plain.isEmpty || index == segments.count - 1)
      }
  }
}

/// A URL that can't be posted to, or did not answer.
package struct HTTPTargetError: Error, Hashable, CustomStringConvertible {
  /// The URL, or its host.
  package let url: String
  /// What is the matter with it.
  package let reason: String

  /// One line that names the URL.
  package var description: String { "\(url): \(reason)" }
}
