internal import Batch
internal import Idempotency
internal import ProxyEvents

/// Everything that can keep a request from being carried out.
///
/// A closed set: a failure without a row in the table of problems doesn't compile.
enum Failure: Error {
  /// The event can't be served as a request.
  case event(ProxyRequestError)
  /// There is no such route, or the path has a name that isn't valid.
  case route(RouteError)
  /// The query has a parameter that can't be used.
  case parameter(ParameterError)
  /// The body is not declared as JSON.
  case mediaType(MediaTypeError)
  /// The request's key can't be used, or there is none.
  case key(IdempotencyKeyError)
  /// The request can't become a SubmitJob call.
  case job(SubmitJobRequestError)
  /// The policy refuses the operation.
  case policy(PolicyError)
  /// The SubmitJob call failed, or its outcome is unknown.
  case batch(BatchError)
  /// Batch didn't say anything about jobs, or end one.
  case query(BatchQueryError)
  /// The queue doesn't have the job, or not for this caller.
  case noSuchJob(JobID)
  /// The request has a key, and gets no job.
  case idempotency(IdempotencyError)
}

/// Takes a step, and turns its error into a failure.
func failing<Reason: Error, Value>(
  _ failure: (Reason) -> Failure, _ step: () throws(Reason) -> Value
) throws(Failure) -> Value {
  do throws(Reason) {
    return try step()
  } catch {
    throw failure(error)
  }
}
