internal import Platform
package import RawJSON

/// The reason why a caller's request can't become a SubmitJob call.
package enum SubmitJobRequestError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The body is not JSON, or not an object.
  case notJSON(JSONError)
  /// The body has a member twice.
  case duplicateMember(String)
  /// The body has a member that the path decides.
  case memberOfPath(String)
  /// The job's name is not one that Batch accepts.
  case badJobName
  /// The body has a tag that begins with the function's own prefix.
  case reservedTag(String)
  /// The body has the tag that names a job's submitter, which only the function sets.
  case submitterTag(String)
  /// The body's tags are not an object, so that the function can't add its own.
  case badTags
  /// The body has so many tags that the function can't add its own, which are this many.
  case tooManyTags(own: Int)
  /// The request would exceed Batch's size limit.
  case tooLarge(bytes: Int)

  /// One line for the caller: what is wrong, and what to do.
  package var description: String {
    switch self {
    case .notJSON(let error): "The body is not a JSON object: \(error). Send SubmitJob's members, or no body at all."
    case .duplicateMember(let name): "The body has the member \(name.quoted) twice. Send it once."
    case .memberOfPath(let name):
      "The body has the member \(name.quoted), which the path decides. Leave it out, and name it in the path."
    case .badJobName:
      "jobName must be a string of 1 to 128 letters, digits, hyphens and underscores, starting with a letter or digit."
    case .reservedTag(let key):
      "The body has the tag \(key.quoted), but tags that begin with \(RequestTag.reservedPrefix) are the function's own. "
        + "Leave it out."
    case .submitterTag(let key):
      "The body has the tag \(key.quoted), which the function sets to name the submitter. Leave it out."
    case .badTags: "tags must be an object of strings. Send one, or leave it out."
    case .tooManyTags(let own):
      "The body has too many tags. A job takes \(GivenTags.maximumCount), and the function sets \(own) of them for this "
        + "request. Send at most \(GivenTags.maximumCount - own)."
    case .tooLarge(let bytes):
      "The request would be \(bytes) bytes or more, but Batch takes at most \(SubmitJobRequest.maximumSize) (30 KiB). "
        + "Put large input in Amazon S3, and send its key as a parameter."
    }
  }
}
