internal import Foundation
internal import Glibc

/// A file that a report goes to.
struct ReportFile {
  /// Its path, as the user wrote it.
  let path: String

  /// Its absolute path, links followed.
  var resolved: String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

  /// Whether a report takes the place of what is there: it doesn't in a pipe or on a device.
  var isReplaced: Bool { kind == nil || kind == S_IFREG }

  /// What keeps it from being written, and what to type; nil when nothing does. What is there stays as it is.
  var obstacle: String? {
    if path.isEmpty { return "a file has a name; type one such as report.json" }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    switch kind {
    case S_IFDIR:
      return "it is a directory; type "
        + (resolved == "/" ? "another path" : "a file in it: \(path.hasSuffix("/") ? path : path + "/")report")
    case nil:
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory) else {
        return "there is no such directory to write to; run: mkdir -p \(folder)"
      }
      guard isDirectory.boolValue else { return "\(folder) is no directory; type another path" }
      // A link may lead to a file that isn't there yet: that is the one to try, and to take away.
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      if let reason = Self.opening(path, O_WRONLY | O_CREAT | (isLink ? 0 : O_EXCL)) {
        return "\(reason); type another path"
      }
      unlink(resolved)
      return nil
    case S_IFREG: return Self.opening(path, O_WRONLY).map { "\($0); type another path" }
    // To open a pipe would end it for who reads it.
    default: return access(path, W_OK) == 0 ? nil : "\(String(cString: strerror(errno))); type another path"
    }
  }

  /// Writes a report.
  func write(_ text: String) throws(ReportFileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ReportFileError(description: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ReportFileError(description: String(cString: strerror(errno))) }
      rest = rest.dropFirst(count)
    }
  }

  /// The kind of what is there; nil for nothing.
  private var kind: mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Why a file can't be opened; nil when it can.
  private static func opening(_ path: String, _ flags: Int32) -> String? {
    let descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    close(descriptor)
    return nil
  }
}

/// A report that can't be written, in the system's words.
struct ReportFileError: Error, CustomStringConvertible {
  let description: String
}
