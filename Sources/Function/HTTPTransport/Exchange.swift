/// Collects what libcurl's callbacks deliver during one request.
final class Exchange {
  private(set) var head: [UInt8] = []
  private(set) var body: [UInt8] = []
  /// The number of times that libcurl was about to send the request.
  private(set) var sends = 0
  /// The handle that sends the request, for its callbacks.
  var handle: UnsafeMutableRawPointer?
  /// Whether TLS had buffered bytes beyond the last part of the body; once the body is complete, these are stray bytes.
  var hasUnreadBytes = false
  private var mayResend = false
  private let maximumBodySize: Int

  init(maximumBodySize: Int) {
    self.maximumBodySize = maximumBodySize
  }

  /// Whether the empty line that ends the head has arrived; libcurl treats a truncated head as complete.
  private(set) var headIsWhole = false

  static func from(_ context: UnsafeMutableRawPointer?) -> Exchange? {
    context.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
  }

  func begin(mayResend: Bool) {
    (head, headIsWhole) = ([], false)
    body = []
    hasUnreadBytes = false
    sends = 0
    self.mayResend = mayResend
  }

  /// Counts a send; false if libcurl must not send the request again.
  func maySend() -> Bool {
    if sends > 0 && !mayResend { return false }
    sends += 1
    (head, headIsWhole, body, hasUnreadBytes) = ([], false, [], false)
    return true
  }

  func append(head bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    let line = UnsafeRawBufferPointer(start: bytes, count: count)
    // A status line begins a new head; the previous one was a proxy's or an interim response's.
    if line.first == UInt8(ascii: "H") && line.starts(with: "HTTP/".utf8) { (head, headIsWhole) = ([], false) }
    // Lines after the end of the head are a chunked body's trailers.
    if headIsWhole { return count }
    if head.isEmpty { head.reserveCapacity(1024) }
    head.append(contentsOf: line)
    headIsWhole = line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n")
    return count
  }

  func append(body bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard body.count + count <= maximumBodySize else { return 0 }
    body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
  }
}
