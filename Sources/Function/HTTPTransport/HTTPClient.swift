internal import CCurl
internal import Glibc
package import Platform

/// A blocking HTTP/1.1 client on libcurl that keeps one connection open.
///
/// TLS is always verified. Redirects are not followed. Not thread-safe: a client belongs to one loop.
package final class HTTPClient {
  package let configuration: Configuration
  /// The configuration's times in milliseconds, as libcurl counts them.
  private let connectTimeout: Int
  private let maximumIdleTime: Int?
  private let clock: WallClock
  private var handle: UnsafeMutableRawPointer
  private var handleIsUsed = false
  /// Owns what outlives a handle: the connection, the host's addresses and the CA bundle.
  private let multi: UnsafeMutableRawPointer
  let exchange: Exchange
  private let errorText: UnsafeMutablePointer<CChar>
  private(set) var connection = KeptConnection()

  /// A client; throws an error that names what this machine's libcurl lacks.
  package init(_ configuration: Configuration, clock: WallClock) throws(TransportError) {
    guard Self.libraryIsReady, let multi = curl_multi_init() else { throw Self.noHandle }
    guard let handle = curl_easy_init() else {
      curl_multi_cleanup(multi)
      throw Self.noHandle
    }
    self.configuration = configuration
    connectTimeout = configuration.connectTimeout.wholeMilliseconds
    maximumIdleTime = configuration.maximumIdleTime?.wholeMilliseconds
    self.clock = clock
    self.handle = handle
    self.multi = multi
    self.exchange = Exchange(maximumBodySize: configuration.maximumBodySize)
    self.errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    curl_multi_setopt_maximum_connections(multi, 1)
    try configureHandle()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_multi_cleanup(multi)
    errorText.deallocate()
  }

  private static let noHandle = TransportError(
    requestWasSent: false, cause: .notConnected, message: "libcurl can't allocate a handle")

  /// Whether libcurl's global state is initialized.
  private static let libraryIsReady: Bool = {
    #if STATIC_EXECUTABLE
      guard use_linked_name_services() == 0 else { return false }
      // With this variable set, libcurl would write the keys of every TLS session to a file.
      unsetenv("SSLKEYLOGFILE")
    #endif
    return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
  }()

  /// Whether this libcurl frees a header twice if a response's first header line begins with white space.
  ///
  /// From 7.83.0 until 8.1.0 ([#11103](https://github.com/curl/curl/pull/11103)) a handle keeps a pointer to the last
  /// header of its previous response, which it has freed. With these versions, every request therefore gets a new
  /// handle. The package's libcurl is built without the headers API, which holds that pointer.
  private static let keepsFreedHeader: Bool = {
    #if STATIC_EXECUTABLE
      return false
    #else
      let version = curl_version_number()
      return 0x075300 <= version && version < 0x080100
    #endif
  }()

  /// Seeds OpenSSL's random generator again, from the kernel's; false if that fails. For a process that was restored from
  /// a snapshot: all the copies of it would otherwise draw the same numbers.
  package static func reseed() -> Bool { reseed_random_generator() }

  private func renewHandle() throws(TransportError) {
    guard let handle = curl_easy_init() else { throw Self.noHandle }
    curl_easy_cleanup(self.handle)
    self.handle = handle
    try configureHandle()
  }

  /// The output of `curl_version`: libcurl's version, and those of the libraries it was built with.
  package static var libraryVersion: String { String(cString: curl_version()) }

  private func configureHandle() throws(TransportError) {
    var options = OptionSetter(handle: handle)
    // Without it, a request that times out during a DNS lookup still waits for the name server.
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    options.set(CURLOPT_USERAGENT, configuration.userAgent)
    options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    let bundle = configuration.certificateBundle
    let folder = bundle?.isFolder == true ? bundle?.path : nil
    if let path = bundle?.path { options.set(CURLOPT_CAINFO, folder == nil ? path : nil) }
    // Nil for a file: with a folder set, libcurl doesn't cache the bundle, and every reconnect loads it again.
    options.set(CURLOPT_CAPATH, folder)
    if configuration.proxies == nil { options.set(CURLOPT_PROXY, "") }
    options.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    exchange.handle = handle
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    options.set(CURLOPT_HEADERDATA, pointer: context)
    options.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Exchange.from(context)?.append(head: bytes, size * count) ?? 0
    }
    options.set(CURLOPT_WRITEDATA, pointer: context)
    options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let exchange = Exchange.from(context) else { return 0 }
      exchange.hasUnreadBytes = curl_easy_has_unread_tls_bytes(exchange.handle)
      return exchange.append(body: bytes, size * count)
    }
    options.set(CURLOPT_PREREQDATA, pointer: context)
    options.setPrereqFunction { context, _, _, _, _ in
      Exchange.from(context)?.maySend() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
    if let (option, code) = options.failure {
      let reason = "\(Self.libraryVersion) rejects option \(option.rawValue): \(Self.text(code))"
      throw TransportError(requestWasSent: false, cause: .notConnected, message: reason)
    }
  }

  /// Makes the next request use a new connection.
  package func disconnect() {
    connection = KeptConnection()
  }

  /// Sends a request and waits for the complete response, until the deadline if there is one.
  ///
  /// - Parameter maximumSilence: how long to wait for the other side's next bytes; nil for no other limit than the
  ///   deadline. The time that this process takes, for a handshake with a small share of a core, doesn't count.
  package func send(
    _ request: HTTPRequest, deadline: Timestamp? = nil, maximumSilence: Duration? = nil
  ) throws(TransportError) -> HTTPResponse {
    if Self.keepsFreedHeader && handleIsUsed { try renewHandle() }
    handleIsUsed = true
    let start = clock.now
    var timeLeft = 0
    if let deadline {
      // libcurl rejects a limit that doesn't fit in 32 bits.
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
    options.set(CURLOPT_CONNECTTIMEOUT_MS, timeLeft > 0 ? min(timeLeft, connectTimeout) : connectTimeout)
    let mayReuse = connection.mayServe(at: start, maximumIdleTime: maximumIdleTime)
    options.set(CURLOPT_FRESH_CONNECT, mayReuse ? 0 : 1)
    connection.wasReused = false
    exchange.begin(mayResend: request.isIdempotent)
    errorText.pointee = 0
    let code: CURLcode
    switch request.method {
    case .get:
      options.set(CURLOPT_HTTPGET, 1)
      code = perform(options, maximumSilence)
    case .post(let body):
      options.set(CURLOPT_POST, 1)
      options.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
      code = body.withUnsafeBufferPointer { bytes in
        // Never nil, even without a body: libcurl would read the body from standard input.
        withUnsafePointer(to: 0 as UInt8) { nothing in
          options.set(CURLOPT_POSTFIELDS, pointer: UnsafeMutablePointer(mutating: bytes.baseAddress ?? nothing))
          return perform(options, maximumSilence)
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
      throw TransportError(requestWasSent: true, cause: .interrupted, message: "the head of the response is truncated")
    }
    // If this connection is not kept, an older one may still be pooled, with unread bytes on it.
    connection.lastUse = connection.socket >= 0 && !exchange.hasUnreadBytes ? clock.now : nil
    var (status, connections) = (0, 0)
    curl_easy_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status)
    curl_easy_getinfo_long(handle, CURLINFO_NUM_CONNECTS, &connections)
    connection.wasReused = connections == 0
    return HTTPResponse(status: status, head: exchange.head, body: exchange.body)
  }

  /// Appends a header to a list; libcurl copies the line.
  private static func append(
    _ header: HTTPHeader, to list: UnsafeMutablePointer<curl_slist>?
  ) -> UnsafeMutablePointer<curl_slist>? {
    // A session token is long: reserving space avoids repeated growth.
    var line = ""
    line.reserveCapacity(header.name.utf8.count + header.value.utf8.count + 2)
    line += header.name
    line += ": "
    line += header.value
    return curl_slist_append(list, line)
  }

  /// Performs the request, unless libcurl rejected one of the options and would therefore send a different one.
  private func perform(_ options: OptionSetter, _ maximumSilence: Duration?) -> CURLcode {
    if let failure = options.failure { return failure.code }
    guard curl_multi_add_handle(multi, handle) == CURLM_OK else { return CURLE_FAILED_INIT }
    defer { curl_multi_remove_handle(multi, handle) }
    let longestWait = maximumSilence?.wholeMilliseconds ?? .max
    var (running, messages, ready): (Int32, Int32, Int32) = (0, 0, 0)
    var silence = 0
    repeat {
      guard curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
      if running > 0 {
        let start = clock.now
        curl_multi_poll(multi, nil, 0, Int32(min(longestWait - silence, 1000)), &ready)
        silence = ready > 0 ? 0 : silence + max(0, clock.now.milliseconds(since: start))
        if silence >= longestWait { return CURLE_OPERATION_TIMEDOUT }
      }
    } while running > 0
    // Must precede the handle's removal, after which libcurl doesn't report the socket.
    if curl_easy_getinfo_socket(handle, CURLINFO_ACTIVESOCKET, &connection.socket) != CURLE_OK {
      connection.socket = -1
    }
    return curl_multi_info_read(multi, &messages)?.pointee.data.result ?? CURLE_FAILED_INIT
  }

  private func error(_ code: CURLcode) -> TransportError {
    let words = String(cString: errorText)
    let message = words.isEmpty ? Self.text(code) : words
    return TransportError(
      requestWasSent: exchange.sends > 0, cause: cause(code),
      message: configuration.proxies?.safe(message, or: Self.text(code)) ?? message)
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

  /// The certificate check that failed. If libcurl itself rejected the name, OpenSSL's result is success (0), or still
  /// the value that libcurl set beforehand (1).
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
