internal import HTTPTransport
package import Platform
package import SigV4

/// A URL that a load's JSON is posted to, over kept connections.
///
/// No request is sent twice, because each may submit a job.
package struct HTTPTarget: Sendable {
  /// The default time limit for a response: API Gateway itself waits no longer.
  package static let timeLimit = Duration.seconds(30)
  /// The idle time after which a connection may be dead.
  private static let maximumIdleTime = Duration.seconds(10)

  let url: HTTPURL
  private let signing: Signing?
  private let clock: WallClock
  private let timeLimit: Duration
  private let configuration: HTTPClient.Configuration
  private let body: @Sendable (Int) -> [UInt8]

  /// - Parameters:
  ///   - environment: may set `AWS_CA_BUNDLE`.
  ///   - body: the JSON of the request with a given number.
  /// - Throws: `EnvironmentError`, and `HTTPTargetError` when the URL can't be sent exactly as written.
  package init(
    url text: String, signing: Signing? = nil, environment: Environment, clock: WallClock = .system,
    timeLimit: Duration = Self.timeLimit, body: @escaping @Sendable (Int) -> [UInt8]
  ) throws {
    guard let url = HTTPURL(text) else {
      throw HTTPTargetError(
        url: text, reason: "is not a valid URL; use one such as http://127.0.0.1:3000/jobs/queue/definition")
    }
    let parts = url.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard Self.isPlain(String(parts.first ?? "")), !url.path.contains("#") else {
      throw HTTPTargetError(
        url: text, reason: "is normalized in transit; remove empty segments, \".\", \"..\" and the \"#\" part")
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

  /// A sender with its own connection, which notes its responses in `responses`.
  package func sender(noting responses: ResponseLog? = nil) throws -> LoadGenerator.Sender {
    let http = try HTTPClient(configuration, clock: clock)
    let builder = builder
    return { number in
      let request = request(number, by: builder)
      do throws(TransportError) {
        let response = try http.send(request, deadline: clock.now + timeLimit)
        responses?.note(Caller.Response(status: response.status, body: response.body))
        return response.status
      } catch {
        throw HTTPTargetError(url: url.authority, reason: error.cause.rawValue)
      }
    }
  }

  /// Builds the requests of one worker.
  var builder: PostBuilder { PostBuilder(url, signing: signing) }

  /// The request with a given number, signed if needed.
  func request(_ number: Int, by builder: PostBuilder) -> HTTPRequest {
    builder.post(body(number), contentType: "application/json", at: clock.now)
  }

  /// Whether libcurl and signers leave the path unchanged.
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

extension HTTPTarget {
  /// The credentials and region for signing requests to a stage with IAM authorization.
  package struct Signing: Sendable {
    /// The caller's credentials.
    package let credentials: AWSCredentials
    /// The region of the API.
    package let region: String

    /// Signs with these credentials for this region.
    package init(credentials: AWSCredentials, region: String) {
      self.credentials = credentials
      self.region = region
    }
  }
}

/// A URL that can't be posted to or didn't respond.
package struct HTTPTargetError: Error, Hashable, CustomStringConvertible {
  /// The URL or its host.
  package let url: String
  /// The fault.
  package let reason: String

  /// One line that names the URL.
  package var description: String { "\(url): \(reason)" }
}
