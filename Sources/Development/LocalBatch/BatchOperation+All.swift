internal import Foundation
internal import LocalServer

extension BatchOperation {
  /// Every operation that is emulated, sorted by name.
  static let all: [BatchOperation] = [
    BatchOperation("CancelJob") { store, input, _ in try store.stop(input as StopJobInput, .cancelled) },
    BatchOperation("CancelJobs") { store, input, _ in try store.stop(input as StopJobsInput, .cancelled) },
    BatchOperation("DeregisterJobDefinition") { store, input, _ in try store.deregister(input) },
    BatchOperation("DescribeJobDefinitions", faults: .describe) { store, input, _ in
      try store.describeJobDefinitions(input)
    },
    BatchOperation("DescribeJobQueues", faults: .describe) { store, input, _ in try store.describeJobQueues(input) },
    BatchOperation("DescribeJobs", faults: .describe) { store, input, _ in try store.describeJobs(input) },
    BatchOperation("ListJobs") { store, input, _ in try store.listJobs(input) },
    BatchOperation("ListTagsForResource", "GET") { store, input in try store.listTags(input.resourceARN) },
    BatchOperation("RegisterJobDefinition") { store, input, _ in try store.register(input) },
    BatchOperation("SubmitJob", faults: .submitJob) { store, input, body in try store.submit(input, body: body) },
    BatchOperation("TagResource", "POST") { store, input in
      try store.tag(input.resourceARN, try ResourceTags(json: input.body))
    },
    BatchOperation("TerminateJob") { store, input, _ in try store.stop(input as StopJobInput, .terminated) },
    BatchOperation("TerminateJobs") { store, input, _ in try store.stop(input as StopJobsInput, .terminated) },
    BatchOperation("UntagResource", "DELETE") { store, input in try store.untag(input.resourceARN, input.tagKeys) },
    BatchOperation("UpdateJobQueue") { store, input, _ in try store.update(input) },
  ]

  /// The operation that a request is for; nil if there is none.
  static func requested(by request: BufferedRequest) -> BatchOperation? {
    let path = request.path
    return all.first { operation in
      guard operation.method == request.method else { return false }
      return operation.path.hasSuffix("/") ? path.hasPrefix(operation.path) : path == operation.path
    }
  }
}

extension BatchOperation.Input {
  /// What a request for an operation has.
  ///
  /// - Parameter target: its path and query, as sent.
  init(_ operation: BatchOperation, target: some StringProtocol, body: [UInt8]) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let resource = parts[0].dropFirst(operation.path.count)
    self.body = body
    resourceARN = resource.removingPercentEncoding ?? String(resource)
    tagKeys = parts.dropFirst().flatMap { $0.split(separator: "&") }.compactMap { parameter in
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return pair[0] == "tagKeys" ? pair.last?.removingPercentEncoding : nil
    }
  }
}
