internal import Platform

/// The error for a body whose Content-Type is not JSON.
struct MediaTypeError: Error, CustomStringConvertible {
  let contentType: String

  var description: String { "The body's Content-Type is \(contentType.quoted). Send Content-Type: application/json." }
}
