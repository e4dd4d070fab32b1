/// An array job's size and the states of its children, or a child's index.
struct ArrayPropertiesDetail: Encodable {
  let size: Int?
  let index: Int?
  let statusSummary: [String: Int]

  init?(_ job: Job, statusSummary: [String: Int]) {
    guard job.isArray || job.index != nil else { return nil }
    size = job.arraySize
    index = job.index
    self.statusSummary = statusSummary
  }
}
