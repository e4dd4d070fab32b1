package import AWSService
internal import HTTPTransport
package import Platform
internal import RawJSON

extension BatchClient {
  /// Looks for a request's job with ListJobs and DescribeJobs, until the deadline at the latest.
  ///
  /// - Throws: `BatchQueryError` if Batch doesn't say whether there is one, after as many attempts as SubmitJob gets.
  package func find(_ search: JobSearch, deadline: Timestamp) throws(BatchQueryError) -> JobSearch.Outcome {
    var isUndescribed = false
    var token: String?
    repeat {
      let page: (ids: [String], nextToken: String?)
      do throws(BatchQueryError) {
        page = try query(.listJobs, search.listBody(after: token), deadline: deadline) { body throws(JSONError) in
          try search.candidates(in: JSONObject(parsing: body))
        }
      } catch {
        guard token == nil, error.isUnknown(search.jobQueue) else { throw error }
        // It has no jobs. SubmitJob will be refused as well, and that is the response the caller needs.
        return .none
      }
      if !page.ids.isEmpty {
        let outcome = try query(.describeJobs, JobSearch.describeBody(page.ids), deadline: deadline) {
          body throws(JSONError) in
          try search.match(page.ids, in: JSONObject(parsing: body))
        }
        switch outcome {
        case .found: return outcome
        case .undescribed: isUndescribed = true
        case .none: break
        }
      }
      token = page.nextToken
    } while token != nil
    return isUndescribed ? .undescribed : .none
  }

  /// Asks Batch something, again if it doesn't respond, throttles or fails.
  private func query<Value>(
    _ operation: BatchQueryError.Operation, _ body: [UInt8], deadline: Timestamp,
    read: ([UInt8]) throws(JSONError) -> Value
  ) throws(BatchQueryError) -> Value {
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

/// A question that Batch didn't answer.
package struct BatchQueryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operations that look for a job; a raw value is the operation's name, as in an IAM action.
  package enum Operation: String, Sendable {
    case listJobs = "ListJobs"
    case describeJobs = "DescribeJobs"

    var path: String {
      switch self {
      case .listJobs: "/v1/listjobs"
      case .describeJobs: "/v1/describejobs"
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

  let operation: Operation
  package let cause: Cause

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
