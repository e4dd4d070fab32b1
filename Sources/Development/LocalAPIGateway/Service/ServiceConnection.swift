internal import AWSService
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
  private let credentials: AWSCredentials
  private let clock: WallClock
  private let signer: RequestSigner
  private let http: HTTPClient

  /// The region.
  var region: String { endpoint.region }

  /// A connection that was free for longer may be dead.
  private static let maximumIdleTime = Duration.seconds(10)

  /// A connection as the environment describes it, which is made by the first request.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that can't be used, and `TransportError` when this machine's
  ///   libcurl lacks what is needed.
  init(environment: Environment, credentials: AWSCredentials, userAgent: String, clock: WallClock) throws {
    endpoint = try BatchEndpoint(environment: environment)
    self.credentials = credentials
    self.clock = clock
    signer = RequestSigner(endpoint.service)
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.certificateBundle = try CertificateBundle(environment: environment)
    // A Batch on this machine speaks plain HTTP, and no proxy finds it.
    configuration.proxies = endpoint.service.isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    configuration.maximumIdleTime = Self.maximumIdleTime
    configuration.maximumBodySize = API.maximumBodySize
    // The integration's time limit counts, and no other.
    configuration.connectTimeout = .seconds(29)
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
    let query = request.query.map { "\($0.name.percentEncoded())=\($0.value.percentEncoded())" }
      .joined(separator: "&")
    let mapped = request.headers.filter { !Self.ownNames.contains($0.name.canonicalName) }
      .map { (name: $0.name.rawName, value: $0.value) }
    let isSigned = { (header: HTTPHeader) in Self.isSigned(header.name.lowercased()) }
    var signed = signer.request(
      method, request.path, query: query, headers: mapped.filter(isSigned), credentials: credentials, at: clock.now)
    signed.headers += mapped.filter { !isSigned($0) }
    return signed
  }

  /// The headers that belong to the signature: a mapped one gives way to it.
  private static let ownNames: Set<String> = ["host", "x-amz-date", "x-amz-security-token"]

  /// AWS wants the headers named `x-amz-` signed; others may be left to change on the way.
  private static func isSigned(_ name: String) -> Bool {
    name == "host" || name == "content-type" || name.hasPrefix("x-amz-")
  }
}
