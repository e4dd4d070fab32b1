internal import Foundation
internal import LocalServer

/// An operation of Batch: its route, and what it does.
struct BatchOperation: Sendable {
  /// Its name, such as `SubmitJob`.
  let name: String
  /// Its method: `POST`, except for operations on tags.
  let method: String
  /// Its path. A resource's ARN follows if it ends with a slash.
  let path: String
  /// The faults that can be injected into it; nil if there are none.
  let faults: EmbeddedBatch.Operations?
  /// Carries out a request.
  let run: @Sendable (isolated JobStore, Input) throws -> Output

  /// A request, as far as operations differ in it.
  struct Input: Sendable {
    let body: [UInt8]
    /// The ARN in the path.
    let resourceARN: String
    /// The values of the query's `tagKeys`.
    let tagKeys: [String]
  }

  /// The body of a response with status 200.
  struct Output: Sendable {
    let json: Data
    /// The job that the request was about, for the log; nil if it wasn't about one.
    let jobID: String?
  }

  /// An operation on tags.
  init<Result: Encodable & SendableMetatype>(
    _ name: String, _ method: String,
    _ run: @escaping @Sendable (isolated JobStore, Input) throws -> Result
  ) {
    self.name = name
    self.method = method
    path = "/v1/tags/"
    faults = nil
    self.run = { Output(json: try JSONEncoder.response.encode(try run($0, $1)), jobID: nil) }
  }

  /// An operation with a path of its own, whose request is JSON.
  init<Request: Decodable & SendableMetatype, Result: Encodable & SendableMetatype>(
    _ name: String, faults: EmbeddedBatch.Operations? = nil,
    _ run: @escaping @Sendable (isolated JobStore, Request, [UInt8]) throws -> Result
  ) {
    self.name = name
    method = "POST"
    path = "/v1/\(name.lowercased())"
    self.faults = faults
    self.run = { store, input in
      let request = try Request(json: input.body)
      let result = try run(store, request, input.body)
      let named = [request as Any, result as Any].lazy.compactMap { ($0 as? any NamingJob)?.jobId }
      return Output(json: try JSONEncoder.response.encode(result), jobID: named.first)
    }
  }
}

/// A request or a result that is about one job.
private protocol NamingJob {
  var jobId: String { get }
}

extension SubmitJobOutput: NamingJob {}
extension StopJobInput: NamingJob {}
