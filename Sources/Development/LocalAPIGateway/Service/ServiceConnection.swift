internal import Batch
internal import HTTPTransport
internal import HTTPTypes
internal import Platform
internal import SAMTemplate
internal import SigV4

/// A connection to AWS Batch in one region, with what signs its requests.
///
/// Neither the transport nor the signer is thread-safe. It's passed from thread to thread all the same: whoever has
/// taken it from `ServiceClient` has it alone, until it's put back.
final class ServiceConnection: @unchecked Sendable {
  private let endpoint: BatchEndpoint
  private let url: HTTPURL
  private let credentials: AWSCredentials
  private let clock: WallClock
  private let signer: Signer
  private let http: HTTPClient

  /// The region.
  var region: String { endpoint.region }

  /// A connection that was free for this long may be dead, in milliseconds.
  private static let maximumIdleTime = 10_000

  /// A connection as the environment describes it, which is made by the first request.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that can't be used, and `TransportError` when this machine's
  ///   libcurl lacks what is needed.
  init(environment: Environment, credentials: AWSCredentials, userAgent: String, clock: WallClock) throws {
    endpoint = try BatchEndpoint(environment: environment)
    guard let url = HTTPURL(endpoint.url) else {
      throw EnvironmentError(
        "AWS_ENDPOINT_URL_BATCH", "\(endpoint.url.quoted) is no URL: set one such as http://127.0.0.1:8080")
    }
    self.url = url
    self.credentials = credentials
    self.clock = clock
    signer = Signer(region: endpoint.region, service: "batch")
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.certificateBundle = try CertificateBundle(environment: environment)
    // A Batch on this machine speaks plain HTTP, and no proxy finds it.
    configuration.proxies = url.isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    configuration.maximumIdleTime = Self.maximumIdleTime
    configuration.maximumBodySize = API.maximumBodySize
    // The integration's time limit counts, and no other.
    configuration.connectTimeout = 29_000
    http = try HTTPClient(configuration, clock: clock)
  }

  /// Sends a request, once, and waits for the whole answer.
  func send(_ request: ServiceRequest, deadline: Timestamp) throws(GatewayFailure) -> BufferedResponse {
    let signed = try signed(request)
    do throws(TransportError) {
      let response = try http.send(signed, deadline: deadline)
      var headers = HTTPFields()
      for header in response.headers { headers.add(header.name, header.value) }
      return BufferedResponse(status: response.status, headers: headers, body: response.body)
    } catch {
      throw error.cause == .timedOut ? .integrationTimeout : .integrationFailure("\(endpoint.url): \(error)")
    }
  }

  private func signed(_ request: ServiceRequest) throws(GatewayFailure) -> HTTPTransport.HTTPRequest {
    let method: HTTPTransport.HTTPRequest.Method
    switch request.method {
    case "GET": method = .get
    case "POST": method = .post(request.body)
    default:
      throw .configuration("the integration's httpMethod \(request.method.quoted) can't be sent from here: write POST")
    }
    let now = clock.now
    let own: [HTTPTransport.HTTPRequest.Header] =
      [("Host", url.authority), ("X-Amz-Date", now.iso8601Basic)]
      + (credentials.sessionToken.map { [("X-Amz-Security-Token", $0)] } ?? [])
    var headers = request.headers.map { (name: $0.name.rawName, value: $0.value) }
    headers.removeAll { header in Self.ownNames.contains(header.name.lowercased()) }
    headers += own
    let path = (url.plainPath ?? "") + request.path
    let query = request.query.map { "\($0.name.queryEncoded)=\($0.value.queryEncoded)" }.sorted().joined(separator: "&")
    let body = request.method == "GET" ? [] : request.body
    let canonical = CanonicalRequest(
      method: request.method, canonicalPath: CanonicalRequest.canonicalPath(path), canonicalQuery: query,
      headers: headers.filter { Self.isSigned($0.name.lowercased()) }, payloadHash: signer.payloadHash(body))
    headers.append(("Authorization", signer.authorization(for: canonical, credentials: credentials, at: now)))
    return HTTPTransport.HTTPRequest(
      method, url.origin + path + (query.isEmpty ? "" : "?\(query)"), headers: headers, isIdempotent: false)
  }

  /// The headers that belong to the signature: a mapped one gives way to it.
  private static let ownNames: Set<String> = ["host", "x-amz-date", "x-amz-security-token"]

  /// AWS wants the headers named `x-amz-` signed; others may be left to change on the way.
  private static func isSigned(_ name: String) -> Bool {
    name == "host" || name == "content-type" || name.hasPrefix("x-amz-")
  }
}

extension String {
  /// The text as a name or value of a query, in the canonical form of a signature.
  fileprivate var queryEncoded: String { percentEncoded() }
}
