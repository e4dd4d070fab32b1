package import AWSService
internal import HTTPTransport
internal import Platform
internal import RawJSON

extension BatchClient {
  /// Sends an operation that may be repeated, again if Batch doesn't respond, throttles or fails.
  func query(
    _ operation: BatchQueryError.Operation, _ body: [UInt8], deadline: Timestamp,
    read: ([UInt8]) throws(JSONError) -> Void
  ) throws(BatchQueryError) {
    var attempt = 1
    while true {
      let cause: BatchQueryError.Cause
      do throws(ServiceError) {
        let response = try service.post(
          body, to: operation.path, headers: [("Content-Type", "application/json")], deadline: deadline)
        if service.responseIsDoubtful {
          service.disconnect()
          cause = .unexpectedResponse("the response may be another request's")
        } else if response.status == 200 {
          do throws(JSONError) {
            return try read(response.body)
          } catch {
            cause = .unexpectedResponse("\(error)")
          }
        } else {
          cause = .refused(ServiceRefusal(response))
        }
      } catch {
        cause = .service(error)
      }
      let error = BatchQueryError(operation: operation, cause: cause)
      guard error.mayPass, let pause = retry.pause(first: .milliseconds(200), attempt: attempt),
        clock.now + pause < deadline
      else { throw error }
      clock.sleep(for: pause)
      attempt += 1
    }
  }
}

/// An operation that may be repeated, and still failed.
package struct BatchQueryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operations; a raw value is the operation's name, as in an IAM action.
  package enum Operation: String, Sendable {
    case listJobs = "ListJobs"
    case describeJobs = "DescribeJobs"
    case terminateJob = "TerminateJob"

    var path: String {
      switch self {
      case .listJobs: "/v1/listjobs"
      case .describeJobs: "/v1/describejobs"
      case .terminateJob: "/v1/terminatejob"
      }
    }
  }

  /// The reason why the last attempt failed.
  package enum Cause: Equatable, Sendable {
    /// There were no credentials, or no complete response.
    case service(ServiceError)
    /// Batch returned an error.
    case refused(ServiceRefusal)
    /// Batch's response is not the operation's.
    case unexpectedResponse(String)
  }

  package let operation: Operation
  package let cause: Cause

  /// Whether the last attempt may have reached Batch.
  package var requestWasSent: Bool {
    switch cause {
    case .service(.noCredentials): false
    case .service(.noResponse(let error)): error.requestWasSent
    case .unexpectedResponse, .refused: true
    }
  }

  /// Whether another attempt may succeed.
  var mayPass: Bool {
    switch cause {
    case .service(.noCredentials): false
    case .service(.noResponse), .unexpectedResponse: true
    case .refused(let refusal): refusal.status >= 500 || refusal.meaning == .throttled
    }
  }

  /// Whether Batch says that there is no such job queue.
  func isUnknown(_ jobQueue: JobQueueName) -> Bool {
    guard case .refused(let refusal) = cause, refusal.meaning == .badRequest else { return false }
    return refusal.message.hasPrefix("JobQueue \(jobQueue) not found")
  }

  /// One line for the function's owner, with the missing permission if that is the cause.
  package var description: String {
    switch cause {
    case .service(.noCredentials(let error)): "no credentials: \(error)"
    case .service(.noResponse(let error)): "\(operation.rawValue): \(error)"
    case .unexpectedResponse(let what): "unexpected response from \(operation.rawValue): \(what)"
    case .refused(let refusal):
      refusal.meaning == .accessDenied
        ? "the function's role lacks batch:\(operation.rawValue): \(refusal.message)"
        : "\(operation.rawValue) failed with \(refusal.status) \(refusal.code): \(refusal.message)"
    }
  }
}
