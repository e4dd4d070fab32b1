internal import Platform

/// Why a body is not read: it is of another type than JSON.
struct MediaTypeError: Error, CustomStringConvertible {
  let contentType: String

  var description: String { "The body is \(contentType.quoted). Send Content-Type: application/json." }
}
