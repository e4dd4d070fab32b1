internal import Foundation
internal import JSONTree
internal import RawJSON
internal import Workstation

/// An event from a file, whose bytes are passed to the function unchanged.
struct EventFile: Equatable {
  /// The file's name as given; a sample event's is relative to the package.
  let name: String
  /// The whole file.
  let bytes: [UInt8]

  /// Reads the package's sample events, all of them.
  static func samples(of root: PackageRoot) throws -> [EventFile] {
    try read(try root.sampleEvents(), root: root)
  }

  /// Reads the named files, `-` being standard input; nil for the root outside a clone.
  static func read(_ paths: [String], root: PackageRoot?) throws -> [EventFile] {
    guard !paths.isEmpty else {
      throw UsageError(
        "no event given; "
          + (root == nil
            ? "name an event file, or - for standard input"
            : "run: \(CommandName.invocation) invoke events/rest-submit.json"))
    }
    guard paths.filter({ $0 == "-" }).count < 2 else {
      throw UsageError("standard input can be read only once", run: "\(CommandName.invocation) invoke -")
    }
    return try paths.map { try EventFile(reading: $0, in: root) }
  }

  private init(reading path: String, in root: PackageRoot?) throws {
    let isInput = path == "-"
    let folder = root.map { $0.path + "/" }
    let sample = folder.flatMap { path.hasPrefix($0 + "events/") ? String(path.dropFirst($0.count)) : nil }
    name = isInput ? "standard input" : sample ?? path
    let remedy = isInput ? "name an event file" : "check the path"
    let descriptor = isInput ? STDIN_FILENO : open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw UsageError("can't read \(name): \(String(cString: strerror(errno))); \(remedy)")
    }
    guard let data = try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: !isInput).readToEnd() ?? Data() else {
      throw UsageError("can't read \(name): it is not a file; \(remedy)")
    }
    bytes = Array(data)
    do throws(JSONError) {
      _ = try JSONValue(parsing: bytes)
    } catch {
      // The function decides how deeply an event may be nested.
      if error.reason == .tooDeep { return }
      throw UsageError(
        "\(name) is not JSON: \(error); " + (isInput ? remedy : "run: python3 -m json.tool \(path.shellQuoted)"))
    }
  }
}
