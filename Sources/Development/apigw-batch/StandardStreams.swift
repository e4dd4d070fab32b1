internal import Foundation
internal import Workstation

/// Occupies the descriptors of closed standard streams, so that no file or socket gets their numbers, and with them the
/// text written to the streams. Writing to the replacements fails.
func holdStandardStreams() {
  for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
    // The lowest free descriptor is this one.
    _ = open("/dev/null", O_RDONLY)
  }
}

/// Writes lines to standard error.
enum StandardError {
  /// Writes a line in one piece, so that it doesn't mix with the function's own. A closed stream is ignored.
  static func write(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(line)\n".utf8))
  }
}

/// Writes responses to standard output.
enum StandardOutput {
  /// Writes a response and a newline.
  static func write(_ response: [UInt8]) throws(StandardOutputError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(response + [UInt8(ascii: "\n")]))
    } catch {
      throw StandardOutputError()
    }
  }
}

/// The error for standard output that is closed, or full.
struct StandardOutputError: Error, CustomStringConvertible {
  var description: String {
    "can't write the response to standard output; run: \(CommandName.invocation) invoke ... >response.json"
  }
}

extension StandardOutput {
  /// The width of the terminal it goes to, in columns; nil if it isn't a terminal or the width is unknown.
  static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
