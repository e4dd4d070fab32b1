/// What a caller can do; a raw value is the operation's name in `ALLOWED_OPERATIONS`.
package enum Operation: String, CaseIterable, Sendable {
  case submit, read, list, cancel
}
