internal import Workstation

/// The port that an option such as `--port` chooses.
enum ListeningPort {
  /// Rejects a number that no port has.
  static func check(_ port: Int, option: String = "--port") throws {
    guard (0...65535).contains(port) else {
      throw UsageError("\(option) takes a number from 0 to 65535, not \(port); use \(option) 0 to pick a free one")
    }
  }
}
