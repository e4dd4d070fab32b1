internal import Workstation

/// The port that `--port` chooses.
enum ListeningPort {
  /// Rejects a number that no port has.
  static func check(_ port: Int) throws {
    guard (0...65535).contains(port) else {
      throw UsageError("--port takes a number from 0 to 65535, not \(port); use --port 0 to pick a free one")
    }
  }
}
