internal import Batch
internal import DynamoDB
internal import Platform
internal import RawJSON

/// A record as an item of DynamoDB. The attributes are those of Powertools' idempotency tables, and our own `owner`,
/// `job_queue` and `job_name`.
extension Record {
  /// The `status` attribute.
  enum Status: String {
    case inProgress = "INPROGRESS"
    case completed = "COMPLETED"
  }

  /// The item's primary key.
  var key: ConditionalWrite.Attribute { ("id", .string(id)) }

  /// The item of a record in progress.
  var item: [ConditionalWrite.Attribute] {
    [
      key, ("status", .string(Status.inProgress.rawValue)), ("validation", .string(validation)),
      ("owner", .string(owner)), ("in_progress_expiration", .number(inProgressExpiration.milliseconds)),
      ("expiration", .number(expirationInSeconds)), ("job_queue", .string(jobQueue.description)),
      ("job_name", .string(jobName.description)),
    ]
  }

  /// `expiration`, as DynamoDB's time to live counts.
  var expirationInSeconds: Int { expiration.milliseconds / 1000 }

  /// Reads an item; throws if it is not a record of the function's.
  init(_ item: JSONObject) throws(RecordError) {
    func text(_ name: String, _ type: String = "S") throws(RecordError) -> String {
      guard let text = try? item[name]?.object()[type]?.string() else { throw RecordError(attribute: name) }
      return text
    }
    func number(_ name: String) throws(RecordError) -> Int {
      guard let number = Int(try text(name, "N")) else { throw RecordError(attribute: name) }
      return number
    }
    id = try text("id")
    validation = try text("validation")
    owner = try text("owner")
    inProgressExpiration = Timestamp(milliseconds: try number("in_progress_expiration"))
    let (milliseconds, overflow) = try number("expiration").multipliedReportingOverflow(by: 1000)
    guard !overflow else { throw RecordError(attribute: "expiration") }
    expiration = Timestamp(milliseconds: milliseconds)
    guard let queue = JobQueueName(try text("job_queue")) else { throw RecordError(attribute: "job_queue") }
    guard let name = JobName(try text("job_name")) else { throw RecordError(attribute: "job_name") }
    (jobQueue, jobName) = (queue, name)
    switch Status(rawValue: try text("status")) {
    case .inProgress: state = .inProgress
    case .completed: state = .completed(Array(try text("data").utf8))
    case nil: throw RecordError(attribute: "status")
    }
  }
}

/// An item of the table that is not a record: an attribute is missing or has an unusable value.
struct RecordError: Error, Equatable, CustomStringConvertible {
  let attribute: String

  var description: String {
    "the item has no valid \(attribute). Delete the item if its key may be used again, and let nothing else write items "
      + "whose id begins with \(Record.idPrefix)"
  }
}
