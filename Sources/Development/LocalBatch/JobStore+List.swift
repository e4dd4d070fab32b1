internal import Foundation
internal import Platform

extension JobStore {
  /// ListJobs: newest first; an array's children by index.
  func listJobs(_ input: ListJobsInput) throws(ServiceError) -> ListJobsOutput {
    let sources = [input.jobQueue, input.arrayJobId, input.multiNodeJobId].compactMap(\.self)
    guard sources.count == 1 else {
      throw .client("Exactly one of jobQueue, arrayJobId and multiNodeJobId must be given")
    }
    let filters = input.filters ?? []
    guard filters.count <= 1 else { throw .client("Only one filter can be used at a time") }
    let filter = filters.isEmpty ? nil : try JobFilter(filters[0], catalog)
    // A page has at most 1,000 jobs, or 100 with a filter.
    let largest = filter == nil ? 1000 : 100
    if let size = input.maxResults, !(1...largest).contains(size) {
      throw .client("maxResults must be between 1 and \(largest), got \(size)")
    }
    // A filter matches jobs in any state, except that SHARE_IDENTIFIER can be combined with a state.
    let status =
      switch filter?.name {
      case nil: input.jobStatus ?? .running
      case .shareIdentifier: input.jobStatus
      default: Job.Status?.none
      }
    let found = try candidates(input)
      .filter { $0.createdAt + listDelay <= now }
      .filter { (filter?.matches($0) ?? true) && (status ?? $0.status) == $0.status }
      .sorted { $0.position < $1.position }
    let page = try Page(found, after: input.nextToken, size: input.maxResults ?? largest) { $0.position }
    return ListJobsOutput(
      jobSummaryList: page.entries.map { JobSummary($0, catalog, statusSummary: summary(of: $0)) },
      nextToken: page.nextToken)
  }

  /// A queue's jobs without array children, an array's children, or a multi-node job's nodes, of which there are none.
  private func candidates(_ input: ListJobsInput) throws(ServiceError) -> [Job] {
    if let reference = input.jobQueue {
      guard let jobQueue = catalog.jobQueue(reference) else { throw .unknownJobQueue(reference) }
      return jobs.values.filter { $0.jobQueue == jobQueue.name && $0.index == nil }
    }
    guard let id = input.arrayJobId, let array = jobs[id] else { return [] }
    return array.childIDs.compactMap { jobs[$0] }
  }
}

extension Job {
  /// Its sort key in a list: newest submission first, then by index.
  fileprivate var position: Int { (index ?? 0) - submission * 10_000 }
}

/// One page of a list, and the token for the next page.
struct Page<Entry> {
  /// The entries of this page.
  let entries: [Entry]
  /// The token that requests the next page, opaque to the caller; nil on the last page.
  let nextToken: String?

  /// The page after the one that returned `token`, or the first page, of a list in ascending order of its keys.
  ///
  /// A token is the last key of its page, so entries that appear or disappear between requests don't repeat or hide
  /// other entries.
  init<Key: Comparable & LosslessStringConvertible>(
    _ all: [Entry], after token: String?, size: Int, key: (Entry) -> Key
  ) throws(ServiceError) {
    var rest = all[...]
    if let token {
      guard let data = Data(base64Encoded: token), let text = String(data: data, encoding: .utf8), let last = Key(text)
      else { throw .client("nextToken is not valid") }
      rest = rest.drop { key($0) <= last }
    }
    entries = Array(rest.prefix(size))
    nextToken = rest.count > size ? entries.last.map { Data(String(key($0)).utf8).base64EncodedString() } : nil
  }
}
