internal import Foundation

/// What a comparison of integrations has found, as `--json` writes it.
///
/// Times are in milliseconds, money in US dollars. `docs/comparison.schema.json` describes the JSON.
public struct ComparisonReport: Codable, Hashable, Sendable {
  /// What was compared.
  public var variants: [Variant]
  /// What each variant made of each case.
  public var behaviour: [Behaviour]
  /// How long each variant took.
  public var latency: [Latency]
  /// What a million requests cost with each variant.
  public var cost: [Cost]
  /// Where a function and a direct integration cost the same.
  public var breakEven: [BreakEven] = []
  /// How, when and where it was measured.
  public var run: Run

  /// One way from a POST to a job.
  public struct Variant: Codable, Hashable, Sendable {
    /// A short name, such as `direct`; the other parts refer to it.
    public var id: String
    /// The name in words.
    public var name: String
    /// The integration's type: `aws_proxy` or `aws`.
    public var integration: String
    /// `REST` or `HTTP`.
    public var api: String
    /// The template that was run here; nil for a deployed stage.
    public var template: String?
    /// The URL of a deployed stage; nil when it was run here.
    public var url: String?
    /// What a reader has to know of it to judge it fairly; nil when there's nothing.
    public var note: String? = nil
  }

  /// What one variant made of one case.
  public struct Behaviour: Codable, Hashable, Sendable {
    /// The case's name.
    public var `case`: String
    /// The variant's id.
    public var variant: String
    /// The status that the caller got; nil when there was no answer.
    public var status: Int?
    /// What the caller's body was.
    public var body: Body
    /// How many SubmitJob requests reached Batch; nil for a deployed stage, whose Batch is out of sight.
    public var requests: Int?
    /// How many jobs Batch created; nil likewise.
    public var jobs: Int?
    /// The members that reached Batch although nobody meant to let them in; nil likewise.
    public var injected: [String]?
    /// The members that the caller gave and that no job has, or with another value, although the caller was told of
    /// success; nil where Batch is out of sight. Some variants mean to take none: it is no mark.
    public var ignored: [String]? = nil
    /// What is wrong; empty when nothing is.
    public var marks: [Mark]

    /// A kind of body.
    public enum Body: String, Codable, Hashable, Sendable {
      /// SubmitJob's answer, with a `jobId`.
      case job
      /// A problem of RFC 9457.
      case problem
      /// Other JSON, such as the gateway's `{"message":…}`.
      case message
      case other, empty, none
    }

    /// What a cell of the matrix is marked with.
    public enum Mark: String, Codable, Hashable, Sendable, CaseIterable {
      /// A failure is reported as a success.
      case maskedFailure = "masked-failure"
      /// One request made two jobs.
      case duplicate
      /// A member got in that the caller may not set.
      case injected
      /// A good request failed.
      case lost
    }
  }

  /// How long one variant took under one load.
  public struct Latency: Codable, Hashable, Sendable {
    /// The variant's id.
    public var variant: String
    /// Whether callers waited for an answer before they sent again (closed), or sent at a given rate whatever happened
    /// (open), their times counted from when they should have sent.
    public var loop: Loop
    /// How many callers there were.
    public var concurrency: Int
    /// The requests a second that were meant to be sent; nil in a closed loop.
    public var rate: Double?
    /// How many requests were measured; warm-up is not among them.
    public var requests: Int
    /// How many of them did not get a 2xx.
    public var errors: Int
    /// How many successes there were a second.
    public var requestsPerSecond: Double
    /// Percentiles of the successes' times; nil without a success.
    public var p50, p90, p99, max: Double?
    /// How many requests started a process; nil where that can't be seen.
    public var coldStarts: Int?
    /// The share of the requests that started a process; nil where that can't be seen.
    public var coldStartShare: Double?
    /// The longest time of a request of the warm-up, cold starts included; nil without one.
    public var warmUpMax: Double?
    /// How many requests the warm-up had.
    public var warmUpRequests: Int
    /// How many of them started a process; nil where that can't be seen.
    public var warmUpColdStarts: Int? = nil
    /// The median and the longest of the init phases, those of the warm-up included: from the start of a process until
    /// it asked for its first event. Nil without a cold start, or where none can be seen.
    public var initP50, initMax: Double?
    /// Times at which the curve is drawn: `[share, milliseconds]`, shares ascending from 0 to 1.
    public var curve: [[Double]]
    /// How many requests failed in which way, such as `status 503` or `127.0.0.1:3000: can't connect`.
    public var failures: [String: Int] = [:]

    /// A way to make load.
    public enum Loop: String, Codable, Hashable, Sendable {
      case closed, open
    }
  }

  /// What a million requests cost with one variant.
  public struct Cost: Codable, Hashable, Sendable {
    /// The variant's id.
    public var variant: String
    /// The processor architecture of the function; nil without a function.
    public var architecture: String?
    /// The parts, in the order in which they are added.
    public var parts: [Part]
    /// Their sum, in US dollars for a million requests.
    public var perMillion: Double
    /// The billed duration of an invocation that it was computed with, in milliseconds; nil without a function.
    public var billedMilliseconds: Double?
    /// The function's memory in MB; nil without a function.
    public var memorySize: Int?

    /// One item of a bill.
    public struct Part: Codable, Hashable, Sendable {
      /// What is paid for.
      public var item: String
      /// The formula with its numbers, such as `1,000,000 × 3.50 / 1,000,000`.
      public var formula: String
      /// US dollars for a million requests.
      public var amount: Double
    }
  }

  /// Where a function and a direct integration cost the same, or that they never do.
  public struct BreakEven: Codable, Hashable, Sendable {
    /// The ids of the variant with the function, and of the direct one.
    public var variants: [String]
    /// What has to change for it.
    public var quantity: Quantity
    /// How much of it makes them cost the same; nil when no amount does.
    public var value: Double?
    /// The id of the variant that is cheaper below the value, and above it; nil when they cost the same.
    public var cheaperBelow, cheaperAbove: String?
    /// All of this in a sentence, with its numbers.
    public var sentence: String

    /// What a cost depends on.
    public enum Quantity: String, Codable, Hashable, Sendable {
      /// The billed duration of an invocation in milliseconds, with the memory as it was measured.
      case billedMilliseconds
      /// The requests a month, with the duration as it was measured.
      case requestsPerMonth
    }
  }

  /// How, when and where a comparison was run.
  public struct Run: Codable, Hashable, Sendable {
    /// The start, RFC 3339.
    public var date: String
    /// The command that makes it again.
    public var command: String
    /// What was run, by name: `apigw-batch`, `swift`, `libcurl`, `os`.
    public var versions: [String: String]
    /// `release` or `debug`.
    public var build: String
    /// Cores, memory and architecture.
    public var machine: String
    /// The date and the source of the prices.
    public var prices: String
    /// The delay that was injected into Batch, in milliseconds.
    public var batchDelay: Int
    /// What a reader has to know, a sentence each.
    public var notes: [String]
    /// What goes wrong with the measurement, such as a debug build; a sentence each.
    public var warnings: [String]
    /// Why the comparison is incomplete, as in `interrupted after 210 of 1,000 requests`; nil when it isn't.
    public var incomplete: String?

    /// A run that has found nothing yet.
    public init(
      date: String, command: String, versions: [String: String], build: String, machine: String, prices: String,
      batchDelay: Int, warnings: [String]
    ) {
      self.date = date
      self.command = command
      self.versions = versions
      self.build = build
      self.machine = machine
      self.prices = prices
      self.batchDelay = batchDelay
      self.notes = []
      self.warnings = warnings
    }
  }
}
