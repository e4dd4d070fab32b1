internal import Foundation
internal import Glibc

/// A file to write a report to.
struct ReportFile {
  /// Its path, as the user wrote it.
  let path: String

  /// Its absolute path, with links resolved.
  var resolved: String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

  /// Whether a report replaces what is there, unlike with a pipe or a device.
  var isReplaced: Bool { kind == nil || kind == S_IFREG }

  /// Why the file can't be written, with the fix; nil if it can. The check leaves existing files unchanged.
  var obstacle: String? {
    if path.isEmpty { return "the file name is empty; use one such as report.json" }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    switch kind {
    case S_IFDIR:
      return "it is a directory; choose "
        + (resolved == "/" ? "another path" : "a file in it, such as \(path.hasSuffix("/") ? path : path + "/")report")
    case nil:
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory) else {
        return "its directory does not exist; run: mkdir -p \(folder)"
      }
      guard isDirectory.boolValue else { return "\(folder) is not a directory; choose another path" }
      // A link may lead to a file that doesn't exist yet; then the check creates and removes that file.
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      if let reason = Self.opening(path, O_WRONLY | O_CREAT | (isLink ? 0 : O_EXCL)) {
        return "\(reason); choose another path"
      }
      unlink(resolved)
      return nil
    case S_IFREG: return Self.opening(path, O_WRONLY).map { "\($0); choose another path" }
    // Opening and closing a pipe would send its reader EOF.
    default: return access(path, W_OK) == 0 ? nil : "\(String(cString: strerror(errno))); choose another path"
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

  /// The type of the existing file; nil if the file is missing.
  private var kind: mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Why a file can't be opened; nil if it can.
  private static func opening(_ path: String, _ flags: Int32) -> String? {
    let descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    close(descriptor)
    return nil
  }
}

/// The error for a report that can't be written, in the system's words.
struct ReportFileError: Error, CustomStringConvertible {
  let description: String
}
