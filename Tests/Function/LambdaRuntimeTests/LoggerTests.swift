import Foundation
import LambdaRuntime
import Platform
import Synchronization
import Testing

@Suite("The log")
struct LoggerTests {
  private let lines = LogLines()

  @Test("is JSON with Lambda's keys if the format is JSON, one object per line")
  func json() throws {
    var record = LogRecord(.warn, "Job queue \"x\" is not allowed here")
    record.add("status", 403)
    record.add("type", "not-allowed")
    record.add("jobName", nil as String?)
    record.add("attempts", nil as Int?)
    lines.logger(format: "JSON").log(record, requestID: "8e6f")
    #expect(
      lines.all == [
        #"{"timestamp":"2026-11-23T08:25:29.123Z","level":"WARN","message":"Job queue \"x\" is not allowed here","#
          + #""requestId":"8e6f","status":403,"type":"not-allowed"}"# + "\n"
      ])
  }

  @Test("has no request id if there is no request")
  func noRequest() {
    lines.logger(format: "JSON").log(LogRecord(.fatal, "The end"))
    lines.logger(format: "Text").log(LogRecord(.fatal, "The end"))
    #expect(
      lines.all == [
        #"{"timestamp":"2026-11-23T08:25:29.123Z","level":"FATAL","message":"The end"}"# + "\n",
        "2026-11-23T08:25:29.123Z\t-\tFATAL\tThe end\n",
      ])
  }

  @Test("is text if the format is text, unset or unknown", arguments: ["Text", "TEXT", "", nil, "yaml"] as [String?])
  func text(format: String?) {
    var record = LogRecord(.info, "Submitted the job")
    record.add("status", 200)
    record.add("jobId", "4c1d")
    lines.logger(format: format).log(record, requestID: "8e6f")
    #expect(
      lines.all == ["2026-11-23T08:25:29.123Z\t8e6f\tINFO\tSubmitted the job status=200 jobId=\"4c1d\"\n"])
  }

  @Test(
    "omits records below its level, in either format",
    arguments: ["JSON", "Text"],
    [
      ("TRACE", ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]),
      ("DEBUG", ["DEBUG", "INFO", "WARN", "ERROR", "FATAL"]), ("INFO", ["INFO", "WARN", "ERROR", "FATAL"]),
      ("WARN", ["WARN", "ERROR", "FATAL"]), ("ERROR", ["ERROR", "FATAL"]), ("FATAL", ["FATAL"]),
      (nil, ["INFO", "WARN", "ERROR", "FATAL"]), ("", ["INFO", "WARN", "ERROR", "FATAL"]),
      ("loud", ["INFO", "WARN", "ERROR", "FATAL"]),
    ] as [(String?, [String])])
  func level(format: String, level: (name: String?, written: [String])) {
    let logger = lines.logger(format: format, level: level.name)
    for level in LogRecord.Level.allCases { logger.log(LogRecord(level, "said")) }
    let written = lines.all.map { line in LogRecord.Level.allCases.map(\.testName).first { line.contains($0) } }
    #expect(written == level.written)
  }

  /// Texts that callers may put into names and messages.
  static let hostile = [
    "a\nb", "a\r\nb", "a\rb", "\u{0}", "\u{1b}[2J\u{1b}]0;x\u{7}", "a\u{b}\u{c}b", "\n\n{\"level\":\"FATAL\"}\n",
    "tab\tbed",
    "quote\" back\\slash", "é€𝄞", "a\u{85}b", "a\u{2028}b\u{2029}c", "\u{9b}2J", "a\u{7f}", "\u{202e}detrever",
    "\u{61c}",
    "\" status=200 jobId=\"forged\"", "x status=200 jobId=y",
  ]

  @Test("stays one line, whatever the text", arguments: ["JSON", "Text"], hostile)
  func oneLine(format: String, text: String) {
    var record = LogRecord(.error, text)
    record.add("jobQueue", text)
    lines.logger(format: format).log(record, requestID: text)
    #expect(lines.all.count == 1)
    let bytes = Array((lines.all.first ?? "").utf8)
    #expect(bytes.last == UInt8(ascii: "\n"))
    #expect(bytes.dropLast().allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\t") })
    let line = lines.all.first?.unicodeScalars.dropLast() ?? []
    #expect(!line.contains { $0.properties.isBidiControl || (0x7f...0x9f).contains($0.value) })
    #expect(!line.contains { $0 == "\u{2028}" || $0 == "\u{2029}" })
    if format == "Text" { #expect(line.count { $0 == "\t" } == 3) }
  }

  @Test(
    "keeps callers' text inside quotation marks in the text format",
    arguments: hostile)
  func forgery(text: String) throws {
    var record = LogRecord(.warn, "Malformed path: \(text)=")
    record.add("status", 400)
    record.add("jobQueue", text)
    lines.logger(format: "Text").log(record, requestID: "8e6f")
    let rest = try #require(lines.all.first).dropFirst("2026-11-23T08:25:29.123Z\t8e6f\tWARN\t".count)
    let fields = try #require(rest.wholeMatch(of: /("(?:[^"\\]|\\.)*") status=400 jobQueue=("(?:[^"\\]|\\.)*")\n/))
    for (json, expected) in [(fields.1, "Malformed path: \(text)="), (fields.2, text)] {
      let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) as? String
      #expect(value.map { Array($0.utf8) } == Array(expected.utf8))
    }
  }

  @Test("preserves every text in JSON", arguments: hostile)
  func jsonRoundTrip(text: String) throws {
    var record = LogRecord(.error, text)
    record.add("jobQueue", text)
    lines.logger(format: "JSON").log(record, requestID: text)
    let line = try #require(lines.all.first)
    let members = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    for name in ["message", "requestId", "jobQueue"] {
      #expect(members[name].map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test("writes one line at a time, whichever threads log")
  func threads() {
    let writing = Atomic(0)
    let overlapping = Atomic(0)
    let logger = Logger(environment: Environment([:]), clock: clock()) { _ in
      if writing.add(1, ordering: .relaxed).oldValue > 0 { overlapping.add(1, ordering: .relaxed) }
      sched_yield()
      writing.subtract(1, ordering: .relaxed)
    }
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<1000 { logger.log(LogRecord(.info, "One of many")) }
    }
    #expect(overlapping.load(ordering: .relaxed) == 0)
  }

  @Test("orders its levels by severity")
  func order() {
    #expect(LogRecord.Level.allCases == [.trace, .debug, .info, .warn, .error, .fatal])
    #expect(LogRecord.Level.allCases.sorted() == LogRecord.Level.allCases)
    #expect(LogRecord.Level.warn < .error)
    #expect(!(LogRecord.Level.error < .error))
  }
}

extension LogRecord.Level {
  fileprivate var testName: String { "\(self)".uppercased() }
}
