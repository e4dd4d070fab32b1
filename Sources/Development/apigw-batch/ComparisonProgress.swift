internal import Comparison
internal import Foundation
internal import Synchronization

/// Shows a comparison's progress: on a terminal as one line that is updated, elsewhere as one line for each part.
final class ComparisonProgress: Sendable {
  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  private let last = Mutex("")

  /// Shows the current progress.
  func show(_ progress: ComparisonRun.Progress) {
    switch progress {
    case .load(let variant, let load, let progress):
      let stage = progress.stage == .warmUp ? "warm-up of the \(load.name)" : load.name
      var text = "\(variant), \(stage): \(progress.done) of \(progress.total)"
      if let p50 = progress.p50 { text += String(format: ", p50 %.2f ms", p50) }
      if progress.errors > 0 { text += ", \(progress.errors) errors" }
      show(text, isLast: progress.isLast)
    case .behaviour(let progress):
      show("behaviour: \(progress.done) of \(progress.total) cells", isLast: progress.done == progress.total)
    }
  }

  private func show(_ text: String, isLast: Bool) {
    last.withLock { last in
      if isTerminal {
        // Return to the start of the line and clear it, because the previous text may be longer.
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1b}[K\(text)\(isLast ? "\n" : "")".utf8))
      } else if isLast, last != text {
        StandardError.write(text)
      }
      last = text
    }
  }
}

extension Load {
  /// The loop, in words.
  fileprivate var name: String {
    switch pace {
    case .closed: "closed loop"
    case .open(let rate): "open loop at \(rate.formatted()) a second"
    }
  }
}
