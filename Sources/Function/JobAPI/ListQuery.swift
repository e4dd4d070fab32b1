internal import Batch
internal import Platform
internal import ProxyEvents
internal import RawJSON
internal import SigV4

/// What a caller wants of a list of jobs.
struct ListQuery {
  private static let names = ["status", "name", "createdAfter", "createdBefore", "limit", "nextToken"]
  private static let statuses = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"]

  /// The states, in the order of a job's life; empty for every state.
  private var statuses: [String] = []
  /// A job's name, or its beginning and `*`.
  private var name: String?
  private var createdAfter: Timestamp?
  private var createdBefore: Timestamp?
  /// The most jobs of a page, 1 to 100.
  private(set) var limit = 100
  /// Batch's token of the page.
  private(set) var token: String?

  /// Reads a request's query.
  ///
  /// A token belongs to a list of one queue, one restriction and one owner: `list` names the queue and the owner.
  init(_ request: ProxyRequest, list: String) throws(Failure) {
    var given: String?
    for (name, value) in try request.query(Self.names, list: "status") {
      switch name {
      case "status": try addStatuses(value)
      case "name": self.name = try Self.name(value)
      case "createdAfter": createdAfter = try Self.time(name, value)
      case "createdBefore": createdBefore = try Self.time(name, value)
      case "limit":
        guard value.utf8.allSatisfy(\.isDigit), let number = Int(value), 1...100 ~= number else {
          throw .parameter(.invalid(name, value, "a number from 1 to 100"))
        }
        limit = number
      default: given = value
      }
    }
    guard let given else { return }
    let mark = mark(list)
    guard given.utf8.starts(with: mark.utf8), given.utf8.count > mark.utf8.count else {
      throw .parameter(.invalid("nextToken", given, "the nextToken of the page before, with the same parameters"))
    }
    token = String(Substring(given.utf8.dropFirst(mark.utf8.count)))
  }

  /// What Batch does of it. Batch takes either one state or one filter: the rest is up to `includes`.
  var restriction: JobList.Restriction {
    if let name { return .name(name) }
    if let createdBefore { return .createdBefore(createdBefore) }
    if let createdAfter { return .createdAfter(createdAfter) }
    // Without either, Batch would list the running jobs alone.
    return statuses.count == 1 ? .status(statuses[0]) : .createdAfter(Timestamp(milliseconds: 0))
  }

  /// Whether a job, as ListJobs has it, is wanted.
  func includes(_ job: JSONObject) -> Bool {
    if !statuses.isEmpty, !statuses.contains(job.text("status") ?? "") { return false }
    if let name {
      // Batch ignores case.
      let isPrefix = name.utf8.last == UInt8(ascii: "*")
      guard let text = job.text("jobName"), isPrefix ? text.utf8.starts(with: name.utf8.dropLast()) : text == name
      else {
        return false
      }
    }
    if let createdBefore {
      guard let time = job["createdAt"]?.milliseconds, time < createdBefore else { return false }
    }
    return !isTooOld(job)
  }

  /// Whether this job, and all after it, were created too early.
  func isTooOld(_ job: JSONObject) -> Bool {
    guard let createdAfter, let time = job["createdAt"]?.milliseconds else { return false }
    return time <= createdAfter
  }

  /// The caller's token for the page after one of Batch's.
  func nextToken(_ token: String, list: String) -> String { mark(list) + token }

  /// The reference to the next page, relative to this one, with its query as AWS signs it: escaped and sorted.
  func reference(_ nextToken: String) -> String {
    Self.query(parameters + [("limit", "\(limit)"), ("nextToken", nextToken)])
  }

  /// The restricting parameters.
  private var parameters: [(name: String, value: String)] {
    var all: [(name: String, value: String)] = []
    if !statuses.isEmpty { all.append(("status", statuses.joined(separator: ","))) }
    if let name { all.append(("name", name)) }
    if let createdAfter { all.append(("createdAfter", "\(createdAfter.milliseconds)")) }
    if let createdBefore { all.append(("createdBefore", "\(createdBefore.milliseconds)")) }
    return all
  }

  /// What a token of this list begins with.
  private func mark(_ list: String) -> String {
    String(SHA256().digest(Array("\(Self.query(parameters))\(list)".utf8)).base64URL.prefix(12)) + "."
  }

  private static func query(_ parameters: [(name: String, value: String)]) -> String {
    "?"
      + parameters.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value.percentEncoded())" }.joined(separator: "&")
  }

  private mutating func addStatuses(_ value: String) throws(Failure) {
    for item in value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let status = Self.statuses.first(where: { $0.utf8.elementsEqual(item) }) else {
        throw .parameter(.invalid("status", value, Self.statuses.joined(separator: ", ") + ", or several of them"))
      }
      statuses = Self.statuses.filter { $0 == status || statuses.contains($0) }
    }
  }

  private static func name(_ value: String) throws(Failure) -> String {
    let isPrefix = value.utf8.last == UInt8(ascii: "*")
    let name = isPrefix ? String(Substring(value.utf8.dropLast())) : value
    guard JobName(name) != nil else {
      throw .parameter(.invalid("name", value, "a job's name, or its beginning and *"))
    }
    return value
  }

  private static func time(_ name: String, _ value: String) throws(Failure) -> Timestamp {
    if (1...14).contains(value.utf8.count), value.utf8.allSatisfy(\.isDigit), let number = Int(value) {
      return Timestamp(milliseconds: number)
    }
    // What is less than a millisecond would be dropped.
    let isExact = !value.utf8.contains(UInt8(ascii: ".")) || value.utf8.count <= "2026-11-23T08:25:29.123Z".utf8.count
    guard isExact, let time = Timestamp(rfc3339: value) else {
      throw .parameter(
        .invalid(name, value, "a time in UTC such as 2026-11-23T08:25:29Z, or milliseconds since 1970 as in createdAt"))
    }
    return time
  }
}
