/// A processor that Lambda runs functions on, in Lambda's words.
package enum Architecture: String, Equatable, Sendable, CaseIterable {
  case x86_64, arm64

  /// The one that this was compiled for.
  package static var current: Architecture {
    #if arch(arm64)
      .arm64
    #else
      .x86_64
    #endif
  }
}
