internal import Foundation

extension StandardOutput {
  /// How many columns the terminal has that it goes to; nil where it goes elsewhere, or the terminal doesn't say.
  static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
