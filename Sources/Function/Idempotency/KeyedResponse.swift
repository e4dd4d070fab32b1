package import Batch

/// The job of a key.
package struct KeyedResponse: Sendable {
  /// Batch's response, or the same again.
  package let response: SubmitJobResponse
  /// Whether an earlier request submitted the job.
  package let isReplay: Bool
  /// What the function's owner has to know although the caller has the job; nil if nothing failed.
  package let note: String?
}
