internal import Foundation

/// Standard error, a line at a time.
enum StandardError {
  /// Writes a line at once, so that it does not mingle with the function's own.
  static func write(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }
}
