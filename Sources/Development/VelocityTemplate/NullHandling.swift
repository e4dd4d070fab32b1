/// What becomes of a reference without a value.
package enum NullHandling: Hashable, Sendable {
  /// As Velocity has it by default: it's printed as it's written, `#set` changes nothing, and it equals another one only.
  case literal
  /// It's printed as nothing, `#set` takes the value away, and it equals the empty text as well. A variable that nobody
  /// has ever set is still printed as it's written.
  case empty
}
