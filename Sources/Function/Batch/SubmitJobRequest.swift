internal import RawJSON

/// A SubmitJob call that is ready to send: its names are valid, its members unique, its size within Batch's limit.
///
/// See [SubmitJob](https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html).
package struct SubmitJobRequest: Sendable {
  /// The largest request that Batch accepts, in bytes.
  package static let maximumSize = 30 * 1024

  /// The job queue.
  package let jobQueue: JobQueueName
  /// The job definition.
  package let jobDefinition: JobDefinitionName
  /// The job's name: the caller's, or a generated one.
  package let jobName: JobName
  /// The names of the members that the caller sent, in order.
  package let givenMembers: [String]
  /// The request's body. It contains the caller's members byte for byte; only `tags` gets the function's own, if there are any.
  package let body: [UInt8]

  /// A call with a queue and a definition, which the caller's members can't override, and those members as JSON.
  ///
  /// If the members don't name the job, a name is generated from `id`. With `requestTag`, the job is tagged with it as
  /// `RequestTag.name`, and with `submitter` by that tag, which the members may not have; the tags count toward the
  /// request's size and Batch's limit of tags.
  package init(
    jobQueue: JobQueueName, jobDefinition: JobDefinitionName, members: [UInt8], id: String,
    requestTag: String? = nil, submitter: SubmitterTag? = nil
  ) throws(SubmitJobRequestError) {
    self.jobQueue = jobQueue
    self.jobDefinition = jobDefinition
    var writer = JSONWriter(capacity: members.count + 512)
    var given = GivenMembers()
    if !members.isEmpty { given = try GivenMembers(members, submitter) }
    givenMembers = given.names
    jobName = given.jobName ?? JobName(for: jobDefinition, id: id)
    if given.jobName == nil { writer.member("jobName", jobName.description) }
    writer.member("jobQueue", jobQueue.description)
    writer.member("jobDefinition", jobDefinition.description)
    writer.members(written: try given.bytes(adding: OwnTags(request: requestTag, submitter: submitter)))
    body = writer.bytes
    guard body.count <= Self.maximumSize else { throw .tooLarge(bytes: body.count) }
  }
}
