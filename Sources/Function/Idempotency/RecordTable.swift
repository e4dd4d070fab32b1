internal import DynamoDB
internal import Platform
internal import RawJSON

/// The records, in their table. Every write has a condition that makes it harmless when it is applied twice, or late.
struct RecordTable {
  let table: DynamoDBTable

  private static let inProgress: ConditionalWrite.Attribute = (
    ":inprogress", .string(Record.Status.inProgress.rawValue)
  )

  /// The outcome of a write that wants a key for its own.
  enum Outcome {
    /// The key is ours.
    case ours
    /// It is another invocation's.
    case held(Record)
    /// There is no item anymore.
    case gone
  }

  /// Takes a key that is unused, or whose time is over.
  func claim(_ record: Record, at time: Timestamp, deadline: Timestamp) throws(RecordTableError) -> Outcome {
    let write = ConditionalWrite.put(
      record.item, if: "attribute_not_exists(#id) OR #expiration < :now", names: ["#id", "#expiration"],
      values: [(":now", .number(time.milliseconds / 1000))])
    return try outcome(of: write, for: record, deadline: deadline)
  }

  /// Takes over a key that another invocation holds in progress, unless its owner has changed since.
  func takeOver(_ record: Record, from held: Record, deadline: Timestamp) throws(RecordTableError) -> Outcome {
    let write = ConditionalWrite.update(
      key: record.key,
      "SET #owner = :owner, #in_progress_expiration = :in_progress_expiration, #expiration = :expiration",
      if: "#status = :inprogress AND #owner = :held",
      names: ["#owner", "#status", "#in_progress_expiration", "#expiration"],
      values: [
        (":owner", .string(record.owner)),
        (":in_progress_expiration", .number(record.inProgressExpiration.milliseconds)),
        (":expiration", .number(record.expirationInSeconds)), (":held", .string(held.owner)), Self.inProgress,
      ])
    return try outcome(of: write, for: record, deadline: deadline)
  }

  /// Stores the response, if this owner still holds the key.
  func complete(_ record: Record, with response: [UInt8], deadline: Timestamp) throws(TableError) {
    let write = ConditionalWrite.update(
      key: record.key, "SET #status = :completed, #data = :data", if: "#status = :inprogress AND #owner = :owner",
      names: ["#owner", "#status", "#data"],
      values: [
        (":completed", .string(Record.Status.completed.rawValue)),
        (":data", .string(String(decoding: response, as: UTF8.self))), (":owner", .string(record.owner)),
        Self.inProgress,
      ])
    _ = try table.write(write, deadline: deadline)
  }

  /// Frees the key, if this owner still holds it.
  func release(_ record: Record, deadline: Timestamp) throws(TableError) {
    let write = ConditionalWrite.delete(
      key: record.key, if: "#status = :inprogress AND #owner = :owner", names: ["#owner", "#status"],
      values: [(":owner", .string(record.owner)), Self.inProgress])
    _ = try table.write(write, deadline: deadline)
  }

  /// The outcome of a claim or a take-over. If the response to its first attempt was lost, the condition of the second
  /// fails, with an item that has our own nonce: it is ours.
  private func outcome(
    of write: ConditionalWrite, for record: Record, deadline: Timestamp
  ) throws(RecordTableError) -> Outcome {
    let outcome: WriteOutcome
    do throws(TableError) {
      outcome = try table.write(write, deadline: deadline)
    } catch {
      throw .table(error)
    }
    switch outcome {
    case .written: return .ours
    case .conditionFailed(nil): return .gone
    case .conditionFailed(let item?):
      let current: Record
      do throws(RecordError) {
        current = try Record(item)
      } catch {
        throw .record(table: table.name, id: record.id, error)
      }
      return current.owner == record.owner && current.state == .inProgress ? .ours : .held(current)
    }
  }
}

/// The reason why a key can't be looked up or taken.
enum RecordTableError: Error, Equatable, CustomStringConvertible {
  /// DynamoDB didn't do it.
  case table(TableError)
  /// The key's item is malformed.
  case record(table: String, id: String, RecordError)

  var description: String {
    switch self {
    case .table(let error): "\(error)"
    case .record(let table, let id, let error): "DynamoDB table \(table), \(id): \(error)"
    }
  }
}
