internal import RawJSON

/// A SubmitJob call that Batch can be sent: names checked, no member twice, not too large.
///
/// See [SubmitJob](https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html).
public struct SubmitJobRequest: Sendable {
  /// The largest request Batch takes, in bytes.
  public static let maximumSize = 30 * 1024

  /// The job queue.
  public let jobQueue: JobQueueName
  /// The job definition.
  public let jobDefinition: JobDefinitionName
  /// The job's name: the caller's, or one made for it.
  public let jobName: JobName
  /// The names of the members that the caller gave, in their order.
  public let givenMembers: [String]
  /// The request's body. The caller's members stand in it byte for byte.
  public let body: [UInt8]

  /// A call from a queue and a definition, which the caller's members can't change, and those members as JSON.
  ///
  /// `id` makes the job's name where the caller gives none.
  public init(
    jobQueue: JobQueueName, jobDefinition: JobDefinitionName, members: [UInt8], id: String
  ) throws(SubmitJobRequestError) {
    self.jobQueue = jobQueue
    self.jobDefinition = jobDefinition
    var writer = JSONWriter(capacity: members.count + 512)
    var given = GivenMembers()
    if !members.isEmpty { given = try GivenMembers(members) }
    givenMembers = given.names
    jobName = given.jobName ?? JobName(for: jobDefinition, id: id)
    if given.jobName == nil { writer.member("jobName", jobName.description) }
    writer.member("jobQueue", jobQueue.description)
    writer.member("jobDefinition", jobDefinition.description)
    writer.members(written: given.bytes)
    body = writer.bytes
    guard body.count <= Self.maximumSize else { throw .tooLarge(bytes: body.count) }
  }
}

/// The members that a caller gave, checked.
private struct GivenMembers {
  var names: [String] = []
  var jobName: JobName?
  var bytes: ArraySlice<UInt8> = []

  init() {}

  init(_ json: [UInt8]) throws(SubmitJobRequestError) {
    let object = try reading { () throws(JSONError) in try JSONObject(parsing: json) }
    bytes = object.bytesBetweenBraces
    // Megabytes of members are not looked at one by one.
    guard bytes.count <= SubmitJobRequest.maximumSize else { throw .tooLarge(bytes: bytes.count) }
    // Names are compared as they are meant, however they are written, and byte by byte: readers differ on which of two
    // members they take.
    var seen: Set<[UInt8]> = []
    for member in object.members {
      let name = try reading { () throws(JSONError) in try member.name() }
      guard seen.insert(Array(name.utf8)).inserted else { throw .duplicateMember(name) }
      names.append(name)
      switch name {
      // In any case: no reader that is lax about it is to be told another queue.
      case let name where ["jobqueue", "jobdefinition"].contains(name.lowercased()):
        throw .memberOfPath(name)
      case "jobName":
        guard let text = try? member.value.string(), let given = JobName(text) else { throw .badJobName }
        jobName = given
      default:
        break
      }
    }
  }
}

/// Turns a JSON error into this module's.
private func reading<Value>(_ read: () throws(JSONError) -> Value) throws(SubmitJobRequestError) -> Value {
  do throws(JSONError) {
    return try read()
  } catch {
    throw .notJSON(error)
  }
}
