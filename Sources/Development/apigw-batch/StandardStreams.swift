internal import Foundation

/// Takes the places of standard streams that are closed, so that no file or socket gets their numbers and what is written
/// to them; what takes them refuses to be written to.
func holdStandardStreams() {
  for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
    // The lowest free number is this one.
    _ = open("/dev/null", O_RDONLY)
  }
}

/// Standard error, a line at a time.
enum StandardError {
  /// Writes a line at once, so that it does not mingle with the function's own; a closed one is no reason to die.
  static func write(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(line)\n".utf8))
  }
}

/// Standard output, an answer at a time.
enum StandardOutput {
  /// Writes an answer and a newline.
  static func write(_ answer: [UInt8]) throws(StandardOutputError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(answer + [UInt8(ascii: "\n")]))
    } catch {
      throw StandardOutputError()
    }
  }
}

/// Standard output is closed, or what it goes to is full.
struct StandardOutputError: Error, CustomStringConvertible {
  var description: String {
    "can't write the answer to standard output; run: swift run apigw-batch invoke ... >answer.json"
  }
}

extension StandardOutput {
  /// How many columns the terminal has that it goes to; nil where it goes elsewhere, or the terminal doesn't say.
  static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
