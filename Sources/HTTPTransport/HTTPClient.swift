internal import CCurl
public import Platform

/// A blocking HTTP/1.1 client: one easy handle of libcurl, and one connection that is kept.
///
/// TLS is always verified. Redirects are not followed. Not thread-safe: a client belongs to one loop.
public final class HTTPClient {
  /// What stays the same for all requests of a client.
  public struct Configuration: Sendable {
    /// The `User-Agent` of every request.
    public var userAgent: String
    /// The CA bundle for `https`.
    public var certificateBundle: CertificateBundle?
    /// Whether `http_proxy`, `https_proxy` and `no_proxy` are followed.
    public var usesProxyOfEnvironment = false
    /// The longest wait for a connection, TLS included, in milliseconds.
    public var connectTimeout = 5000
    /// How long a connection may have been unused and still be used again, in milliseconds by the wall clock; nil for ever.
    public var maximumIdleTime: Int?
    /// The largest body of an answer, in bytes.
    public var maximumBodySize = 1 << 20

    /// A configuration with the defaults of the properties.
    public init(userAgent: String) {
      self.userAgent = userAgent
    }
  }

  private let configuration: Configuration
  private let clock: WallClock
  private let handle: UnsafeMutableRawPointer
  private let exchange: Exchange
  private let errorText: UnsafeMutablePointer<CChar>
  private var lastUse: Timestamp?

  /// A client; the error says what this machine's libcurl lacks.
  public init(_ configuration: Configuration, clock: WallClock) throws(TransportError) {
    guard Self.libraryIsReady, let handle = curl_easy_init() else {
      throw TransportError(requestWasSent: false, cause: .notConnected, message: "libcurl gives no handle")
    }
    self.configuration = configuration
    self.clock = clock
    self.handle = handle
    self.exchange = Exchange(maximumBodySize: configuration.maximumBodySize)
    self.errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    try configureHandle()
  }

  deinit {
    curl_easy_cleanup(handle)
    errorText.deallocate()
  }

  /// libcurl's one piece of global state.
  private static let libraryIsReady: Bool = {
    #if STATIC_EXECUTABLE
      guard use_linked_name_services() == 0 else { return false }
    #endif
    return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
  }()

  /// What `curl_version` says: libcurl and the libraries that it was built with.
  public static var libraryVersion: String { String(cString: curl_version()) }

  private func configureHandle() throws(TransportError) {
    var options = OptionSetter(handle: handle)
    // Without it, a time limit that ends while a name is looked up waits for the name server all the same.
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    options.set(CURLOPT_MAXCONNECTS, 1)
    options.set(CURLOPT_USERAGENT, configuration.userAgent)
    options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if let path = configuration.certificateBundle?.path { options.set(CURLOPT_CAINFO, path) }
    // With a folder of certificates set, libcurl does not cache the bundle, and every reconnect loads it anew.
    options.set(CURLOPT_CAPATH, nil)
    if !configuration.usesProxyOfEnvironment { options.set(CURLOPT_PROXY, "") }
    options.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    options.set(CURLOPT_HEADERDATA, pointer: context)
    options.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Exchange.from(context)?.append(head: bytes, size * count) ?? 0
    }
    options.set(CURLOPT_WRITEDATA, pointer: context)
    options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      Exchange.from(context)?.append(body: bytes, size * count) ?? 0
    }
    options.set(CURLOPT_PREREQDATA, pointer: context)
    options.setPrereqFunction { context, _, _, _, _ in
      Exchange.from(context)?.maySend() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
    if let (option, code) = options.failure {
      let reason = "\(Self.libraryVersion) refuses option \(option.rawValue): \(Self.text(code))"
      throw TransportError(requestWasSent: false, cause: .notConnected, message: reason)
    }
  }

  /// Makes the next request use a new connection.
  public func disconnect() {
    lastUse = nil
  }

  /// Sends a request and waits for the whole answer, until a deadline or for ever.
  public func send(_ request: HTTPRequest, deadline: Timestamp? = nil) throws(TransportError) -> HTTPResponse {
    let start = clock.now
    var timeLeft = 0
    if let deadline {
      // libcurl refuses a limit that 32 bits don't hold.
      timeLeft = min(deadline.milliseconds(since: start), Int(Int32.max))
      guard timeLeft > 0 else {
        throw TransportError(requestWasSent: false, cause: .timedOut, message: "no time is left to send the request")
      }
    }
    var headers: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(headers) }
    for header in request.headers {
      guard let longer = Self.append(header, to: headers) else {
        throw TransportError(requestWasSent: false, cause: .notConnected, message: "no memory for the headers")
      }
      headers = longer
    }
    var options = OptionSetter(handle: handle)
    options.set(CURLOPT_URL, request.url)
    options.set(CURLOPT_HTTPHEADER, pointer: headers)
    options.set(CURLOPT_TIMEOUT_MS, timeLeft)
    let connectTimeout = configuration.connectTimeout
    options.set(CURLOPT_CONNECTTIMEOUT_MS, timeLeft > 0 ? min(timeLeft, connectTimeout) : connectTimeout)
    options.set(CURLOPT_FRESH_CONNECT, needsFreshConnection(at: start) ? 1 : 0)
    exchange.begin(mayResend: request.isIdempotent)
    errorText.pointee = 0
    let code: CURLcode
    switch request.method {
    case .get:
      options.set(CURLOPT_HTTPGET, 1)
      code = perform(options)
    case .post(let body):
      options.set(CURLOPT_POST, 1)
      options.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
      code = body.withUnsafeBufferPointer { bytes in
        // A pointer even when there is no body: with none, libcurl would read one from standard input.
        withUnsafePointer(to: 0 as UInt8) { nothing in
          options.set(CURLOPT_POSTFIELDS, pointer: UnsafeMutablePointer(mutating: bytes.baseAddress ?? nothing))
          return perform(options)
        }
      }
    }
    options.set(CURLOPT_HTTPHEADER, pointer: nil)
    guard code == CURLE_OK else {
      disconnect()
      throw error(code)
    }
    guard exchange.headIsWhole else {
      disconnect()
      throw TransportError(requestWasSent: true, cause: .interrupted, message: "the head of the answer is cut off")
    }
    lastUse = clock.now
    var status = 0
    curl_easy_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return HTTPResponse(status: status, head: exchange.head, body: exchange.body)
  }

  /// The list with a header more; libcurl keeps a copy of the line.
  private static func append(
    _ header: HTTPRequest.Header, to list: UnsafeMutablePointer<curl_slist>?
  ) -> UnsafeMutablePointer<curl_slist>? {
    // A session token is long: its line grows but once.
    var line = ""
    line.reserveCapacity(header.name.utf8.count + header.value.utf8.count + 2)
    line += header.name
    line += ": "
    line += header.value
    return curl_slist_append(list, line)
  }

  /// Sends what the options say; nothing when libcurl refused one of them and would send something else.
  private func perform(_ options: OptionSetter) -> CURLcode {
    options.failure?.code ?? curl_easy_perform(handle)
  }

  /// A kept connection is stale after a while, and after a freeze the clock may even have been set back.
  private func needsFreshConnection(at time: Timestamp) -> Bool {
    guard let lastUse else { return true }
    guard let limit = configuration.maximumIdleTime else { return false }
    return !(0...limit).contains(time.milliseconds(since: lastUse))
  }

  private func error(_ code: CURLcode) -> TransportError {
    let words = String(cString: errorText)
    return TransportError(
      requestWasSent: exchange.sends > 0, cause: cause(code), message: words.isEmpty ? Self.text(code) : words)
  }

  private func cause(_ code: CURLcode) -> TransportError.Cause {
    switch code {
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .hostNotFound
    case CURLE_PEER_FAILED_VERIFICATION: certificateFault()
    case CURLE_SSL_CACERT_BADFILE: .unusableBundle
    case CURLE_SSL_CONNECT_ERROR: .tls
    case CURLE_ABORTED_BY_CALLBACK: .notResent
    case CURLE_WRITE_ERROR: .tooLarge
    default: exchange.sends > 0 ? .interrupted : .notConnected
    }
  }

  /// Which check of the certificate failed. Where libcurl itself refused the name, OpenSSL's verdict is fine (0), or is
  /// still what libcurl set before it asked (1).
  private func certificateFault() -> TransportError.Cause {
    var verdict = 0
    curl_easy_getinfo_long(handle, CURLINFO_SSL_VERIFYRESULT, &verdict)
    return switch verdict {
    case 0, 1, 62: .wrongName  // X509_V_ERR_HOSTNAME_MISMATCH
    case 9, 10: .expired  // X509_V_ERR_CERT_NOT_YET_VALID, _HAS_EXPIRED
    default: .unknownAuthority
    }
  }

  private static func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}

/// Sets options and remembers the first that libcurl refused.
private struct OptionSetter {
  let handle: UnsafeMutableRawPointer
  private(set) var failure: (option: CURLoption, code: CURLcode)?

  init(handle: UnsafeMutableRawPointer) {
    self.handle = handle
  }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(option, curl_easy_setopt_long(handle, option, value))
  }

  mutating func set(_ option: CURLoption, offset value: Int) {
    note(option, curl_easy_setopt_offset(handle, option, curl_off_t(value)))
  }

  mutating func set(_ option: CURLoption, _ value: String?) {
    note(option, curl_easy_setopt_string(handle, option, value))
  }

  mutating func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) {
    note(option, curl_easy_setopt_pointer(handle, option, value))
  }

  mutating func set(_ option: CURLoption, function: @escaping curl_data_function) {
    note(option, curl_easy_setopt_data_function(handle, option, function))
  }

  mutating func setPrereqFunction(_ function: @escaping curl_prereq_function) {
    note(CURLOPT_PREREQFUNCTION, curl_easy_setopt_prereq_function(handle, function))
  }

  private mutating func note(_ option: CURLoption, _ code: CURLcode) {
    if code != CURLE_OK && failure == nil { failure = (option, code) }
  }
}
