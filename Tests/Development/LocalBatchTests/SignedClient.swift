import Foundation
import FoundationNetworking
import LocalBatch
import Platform
import SigV4
import Testing

/// The time of the tests' Batch and of the signatures on their requests.
let testTime = Timestamp(milliseconds: 1_795_422_329_000)  // 2026-11-23T08:25:29Z

/// A Batch in us-east-1. Unless a test passes another, its clock stands at the tests' time.
func withBatch(
  jobQueues: [String] = [], jobDefinitions: [String] = [], disabledJobQueues: [String] = [],
  inactiveJobDefinitions: [String] = [], compute: EmbeddedBatch.Compute? = nil, listDelay: Duration = .zero,
  clock: WallClock = WallClock(now: { testTime }, sleep: { _ in }),
  _ body: @Sendable (EmbeddedBatch, SignedClient) async throws -> Void
) async throws {
  let batch = EmbeddedBatch(
    jobQueues: jobQueues, jobDefinitions: jobDefinitions, disabledJobQueues: disabledJobQueues,
    inactiveJobDefinitions: inactiveJobDefinitions, compute: compute, listDelay: listDelay, clock: clock)
  try await batch.serve { port in try await body(batch, SignedClient(port: port, clock: clock)) }
}

/// Sends requests to a Batch on loopback, correctly signed unless a test changes that.
struct SignedClient: Sendable {
  let port: Int
  /// The clock that dates the requests.
  let clock: WallClock
  var credentials = EmbeddedBatch.demoCredentials
  var region = "us-east-1"
  var service = "batch"
  /// The time of the requests, if it isn't the clock's.
  var fixedTime: Timestamp?
  var time: Timestamp {
    get { fixedTime ?? clock.now }
    set { fixedTime = newValue }
  }
  /// A change to a request between signing and sending it.
  var tamper: @Sendable (inout URLRequest) -> Void = { _ in }

  struct Response {
    let status: Int
    let errorType: String?
    let headers: [AnyHashable: Any]
    let json: [String: Any]

    var message: String? { json["message"] as? String }
    var jobID: String { json["jobId"] as? String ?? "" }
    func list(_ name: String) -> [[String: Any]] { json[name] as? [[String: Any]] ?? [] }
  }

  func post(_ path: String, _ body: String) async throws -> Response {
    try await send(path: path, body: Array(body.utf8))
  }

  func send(method: String = "POST", path: String, query: String? = nil, body: [UInt8]) async throws -> Response {
    let target = path + (query.map { "?\($0)" } ?? "")
    var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(target)")))
    request.httpMethod = method
    request.httpBody = Data(body)
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.setValue(time.iso8601Basic, forHTTPHeaderField: "X-Amz-Date")
    let signer = Signer(region: region, service: service)
    let canonical = CanonicalRequest(
      method: method, canonicalPath: CanonicalRequest.canonicalPath(path),
      canonicalQuery: CanonicalRequest.canonicalQuery(query ?? ""),
      headers: [
        ("Host", "127.0.0.1:\(port)"), ("X-Amz-Date", time.iso8601Basic), ("Content-Type", "application/json"),
      ],
      payloadHash: signer.payloadHash(body))
    request.setValue(
      signer.authorization(for: canonical, credentials: credentials, date: time.iso8601Basic),
      forHTTPHeaderField: "Authorization")
    tamper(&request)
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    let (data, response) = try await session.data(for: request)
    let http = try #require(response as? HTTPURLResponse)
    return Response(
      status: http.statusCode, errorType: http.value(forHTTPHeaderField: "x-amzn-ErrorType"),
      headers: http.allHeaderFields,
      json: try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]))
  }

  /// Submits a job with these members in addition to the three required ones.
  func submit(_ members: String = "", jobName: String = "demo") async throws -> Response {
    try await post("/v1/submitjob", submitJob(members, jobName: jobName))
  }

  func job(_ id: String) async throws -> [String: Any] {
    try #require(try await post("/v1/describejobs", #"{"jobs":["\#(id)"]}"#).list("jobs").first)
  }

  /// The states of jobs, in the order of their ids.
  func statuses(_ ids: String...) async throws -> [String] {
    let list = ids.map { #""\#($0)""# }.joined(separator: ",")
    return try await post("/v1/describejobs", #"{"jobs":[\#(list)]}"#).list("jobs").map {
      $0["status"] as? String ?? ""
    }
  }
}

/// The body of a SubmitJob request.
func submitJob(
  _ members: String = "", jobName: String = "demo", jobQueue: String = "sample-queue",
  jobDefinition: String = "sample-job"
) -> String {
  #"{"jobName":"\#(jobName)","jobQueue":"\#(jobQueue)","jobDefinition":"\#(jobDefinition)"\#(members.isEmpty ? "" : ",")\#(members)}"#
}
