internal import AWSService
internal import Batch
internal import HTTPTransport
internal import HTTPTypes
internal import LocalServer
internal import Platform
internal import SAMTemplate
internal import SigV4

/// A connection to AWS Batch in one region, with the signer of its requests.
///
/// Neither the transport nor the signer is thread-safe. Passing a connection between threads is safe nevertheless,
/// because a thread that takes it from `ServiceClient` owns it exclusively until it is put back.
final class ServiceConnection: @unchecked Sendable {
  private let endpoint: BatchEndpoint
  private let credentials: AWSCredentials
  private let clock: WallClock
  private let signer: RequestSigner
  private let http: HTTPClient

  /// The region.
  var region: String { endpoint.region }

  /// The idle time after which a connection is considered dead.
  private static let maximumIdleTime = Duration.seconds(10)

  /// A connection as configured by the environment. The first request opens it.
  ///
  /// - Throws: `EnvironmentError`, which names the invalid variable, and `TransportError` if libcurl lacks a required
  ///   feature.
  init(environment: Environment, credentials: AWSCredentials, userAgent: String, clock: WallClock) throws {
    endpoint = try BatchEndpoint(environment: environment)
    self.credentials = credentials
    self.clock = clock
    signer = RequestSigner(endpoint.service)
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.certificateBundle = try CertificateBundle(environment: environment)
    // Plain HTTP means a Batch on this machine, which a proxy can't reach.
    configuration.proxies = endpoint.service.isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    configuration.maximumIdleTime = Self.maximumIdleTime
    configuration.maximumBodySize = API.maximumBodySize
    // Only the integration's time limit matters.
    configuration.connectTimeout = .seconds(29)
    http = try HTTPClient(configuration, clock: clock)
  }

  /// Sends a request once, and waits for the complete response.
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
      throw .configuration("the integration's httpMethod \(request.method.quoted) is not supported; write POST")
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

  /// The signer's own headers, which replace mapped ones.
  private static let ownNames: Set<String> = ["host", "x-amz-date", "x-amz-security-token"]

  /// AWS requires `x-amz-` headers to be signed. Others are left unsigned, because they may change on the way.
  private static func isSigned(_ name: String) -> Bool {
    name == "host" || name == "content-type" || name.hasPrefix("x-amz-")
  }
}
