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
      var page: (ids: [String], nextToken: String?) = ([], nil)
      do throws(BatchQueryError) {
        try query(.listJobs, search.listBody(after: token), deadline: deadline) { body throws(JSONError) in
          page = try search.candidates(in: JSONObject(parsing: body))
        }
      } catch {
        guard token == nil, error.isUnknown(search.jobQueue) else { throw error }
        // It has no jobs. SubmitJob will be refused as well, and that is the response the caller needs.
        return .none
      }
      if !page.ids.isEmpty {
        var outcome = JobSearch.Outcome.none
        try query(.describeJobs, JobSearch.describeBody(page.ids), deadline: deadline) { body throws(JSONError) in
          outcome = try search.match(page.ids, in: JSONObject(parsing: body))
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
}
