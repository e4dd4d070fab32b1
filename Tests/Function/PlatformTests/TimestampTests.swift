import Platform
import Testing

@Suite("A timestamp")
struct TimestampTests {
  /// Known instants: `date -u -d TEXT +%s`.
  static let instants: [(text: String, seconds: Int)] = [
    ("1970-01-01T00:00:00Z", 0),
    ("1972-02-29T23:59:59Z", 68_255_999),
    ("1999-12-31T23:59:59Z", 946_684_799),
    ("2000-02-29T12:00:00Z", 951_825_600),
    ("2000-03-01T00:00:00Z", 951_868_800),
    ("2015-08-30T12:36:00Z", 1_440_938_160),
    ("2024-12-31T00:00:00Z", 1_735_603_200),
    ("2026-11-23T08:25:29Z", 1_795_422_329),
    ("2038-01-19T03:14:08Z", 2_147_483_648),
    ("2100-02-28T23:59:59Z", 4_107_542_399),
    ("2100-03-01T00:00:00Z", 4_107_542_400),
    ("9999-12-31T23:59:59Z", 253_402_300_799),
  ]

  @Test("is parsed from RFC 3339 in UTC", arguments: instants)
  func reads(text: String, seconds: Int) {
    #expect(Timestamp(rfc3339: text)?.milliseconds == seconds * 1000)
  }

  @Test("is written in RFC 3339 with milliseconds", arguments: instants)
  func writesRFC3339(text: String, seconds: Int) {
    let prefix = text.dropLast()
    #expect(Timestamp(milliseconds: seconds * 1000).rfc3339 == "\(prefix).000Z")
    #expect(Timestamp(milliseconds: seconds * 1000 + 7).rfc3339 == "\(prefix).007Z")
    #expect(Timestamp(milliseconds: seconds * 1000 + 999).rfc3339 == "\(prefix).999Z")
  }

  @Test("is written in ISO 8601's basic format for X-Amz-Date, without the milliseconds", arguments: instants)
  func writesISO8601(text: String, seconds: Int) {
    let basic = text.filter { $0 != "-" && $0 != ":" }
    #expect(Timestamp(milliseconds: seconds * 1000).iso8601Basic == basic)
    #expect(Timestamp(milliseconds: seconds * 1000 + 999).iso8601Basic == basic)
  }

  @Test("is parsed with either spelling of UTC", arguments: ["2026-11-23T08:25:29Z", "2026-11-23T08:25:29+00:00"])
  func readsUTC(text: String) {
    #expect(Timestamp(rfc3339: text)?.milliseconds == 1_795_422_329_000)
  }

  @Test("keeps the milliseconds", arguments: [("29.9Z", 900), ("29.05Z", 50), ("29.123456789Z", 123), ("29.000Z", 0)])
  func fractions(seconds: String, milliseconds: Int) {
    #expect(Timestamp(rfc3339: "2026-11-23T08:25:\(seconds)")?.milliseconds == 1_795_422_329_000 + milliseconds)
  }

  @Test(
    "is nil if the text is not an RFC 3339 time in UTC",
    arguments: [
      "", "Z", "now", "1795422329", "2026-11-23", "2026-11-23T08:25:29", "2026-11-23T08:25:29+00:01",
      "2026-11-23T08:25:29-01:00", "2026-11-23T08:25Z", "2026-11-23 08:25:29Z", "20261123T082529Z",
      "2026-13-23T08:25:29Z", "2026-00-23T08:25:29Z", "2026-11-00T08:25:29Z", "2026-11-32T08:25:29Z",
      "2026-11-23T24:25:29Z", "2026-11-23T08:60:29Z", "2026-11-23T08:25:61Z", "1969-12-31T23:59:59Z",
      "2026-11-23T08:25:2aZ", "-026-11-23T08:25:29Z", " 2026-11-23T08:25:29Z", "2026-11-23T08:25:29Z ",
      "12026-11-23T08:25:29Z", "٢٠٢٦-11-23T08:25:29Z",
    ])
  func refuses(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test(
    "is nil if the text only looks like one",
    arguments: [
      "2026-02-30T08:25:29Z", "2025-02-29T08:25:29Z", "2026-11-31T08:25:29Z", "2026-11-23T08:25:+9Z",
      "2026-+1-23T08:25:29Z", "2026-11-23T08:25:29.Z", "2026-11-23T08:25:29.1xZ", "2026-11-23T08:25:29ZZ",
      "2026:11:23:08:25:29Z", "2026T11T23T08T25T29Z", "2026-11-23-08-25-29Z", "2026-1-23T08:25:29.0Z",
      "2026.5-11-23T08:25:29Z",
    ])
  func refusesLookalikes(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("moves by a duration, saturating")
  func moves() {
    let time = Timestamp(milliseconds: 1000)
    #expect((time + .milliseconds(500)).milliseconds == 1500)
    #expect((time - .seconds(2)).milliseconds == -1000)
    #expect((time + .milliseconds(-1500)).milliseconds == -500)
    let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
    #expect(last + .milliseconds(1) == last && last - .milliseconds(-1) == last)
    #expect(first - .milliseconds(1) == first && first + .milliseconds(-1) == first)
    #expect((first + .milliseconds(Int.max)).milliseconds == -1)
    #expect(time + .seconds(Int.max) == last)
    #expect(Timestamp(milliseconds: -2) - .seconds(Int.max) == first)
  }

  @Test("measures the milliseconds since another, saturating")
  func measures() {
    let one = Timestamp(milliseconds: 1500)
    #expect(one.milliseconds(since: Timestamp(milliseconds: 1000)) == 500)
    #expect(one.milliseconds(since: Timestamp(milliseconds: 2000)) == -500)
    #expect(Timestamp(milliseconds: .max).milliseconds(since: Timestamp(milliseconds: -1)) == .max)
    #expect(Timestamp(milliseconds: .min).milliseconds(since: Timestamp(milliseconds: 1)) == .min)
  }

  @Test(
    "takes whole milliseconds of a duration, rounded toward zero",
    arguments: [
      (.zero, 0), (.milliseconds(1500), 1500), (.milliseconds(-1500), -1500), (.microseconds(1999), 1),
      (.microseconds(-1999), -1), (.milliseconds(Int.max), .max), (.milliseconds(Int.min), .min),
      (.seconds(Int.max), .max), (.seconds(Int.min), .min),
    ] as [(Duration, Int)])
  func wholeMilliseconds(duration: Duration, milliseconds: Int) {
    #expect(duration.wholeMilliseconds == milliseconds)
  }

  @Test("is ordered by time")
  func order() {
    #expect(Timestamp(milliseconds: 1) < Timestamp(milliseconds: 2))
    #expect(!(Timestamp(milliseconds: 2) < Timestamp(milliseconds: 2)))
    #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
  }
}
