internal import Platform
package import RawJSON

/// Why no SubmitJob call can be made of what a caller sent.
package enum SubmitJobRequestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The body is not JSON, or no object.
  case notJSON(JSONError)
  /// A member stands in the body twice.
  case duplicateMember(String)
  /// A member that the path decides stands in the body.
  case memberOfPath(String)
  /// The job's name is not one that Batch takes.
  case badJobName
  /// More would be sent than Batch takes.
  case tooLarge(bytes: Int)

  /// One line for the caller: what is wrong, and what to do.
  package var description: String {
    switch self {
    case .notJSON(let error): "The body is not a JSON object: \(error). Send SubmitJob's members, or no body at all."
    case .duplicateMember(let name): "The body has the member \(name.quoted) twice. Send it once."
    case .memberOfPath(let name):
      "The body has the member \(name.quoted), which the path decides. Leave it out, and name it in the path."
    case .badJobName:
      "jobName must be a string of 1 to 128 letters, digits, hyphens and underscores, a letter or a digit first."
    case .tooLarge(let bytes):
      "The request would be \(bytes) bytes or more, and Batch takes \(SubmitJobRequest.maximumSize) (30 KiB). Send large input "
        + "through Amazon S3, and its key as a parameter."
    }
  }
}
