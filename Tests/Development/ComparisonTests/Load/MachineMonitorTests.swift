import Synchronization
import Testing

@testable import Comparison

@Suite("The machine's load")
struct MachineMonitorTests {
  private typealias Time = MachineMonitor.ProcessorTime

  @Test("counts waiting for a disk as idle, stolen time as busy, and guests' time once")
  func parsing() throws {
    let time = try #require(Time(procStat: "cpu  100 5 50 800 40 3 2 10 70 5\ncpu0 1 2 3 4\n"))
    #expect((time.busy, time.total) == (170, 1010))
    // Before Linux 2.6, there were four numbers.
    #expect(try #require(Time(procStat: "cpu 1 2 3 4")).total == 10)
  }

  @Test("is not read from anything else", arguments: ["", "cpu", "cpu 1 2 3", "cpu0 1 2 3 4", "cpu 1 2 x 4 5"])
  func nonsense(text: String) {
    #expect(Time(procStat: text) == nil)
  }

  @Test("is the share of the time that wasn't idle")
  func share() throws {
    let (early, late) = (try #require(Time(procStat: "cpu 10 0 0 90")), try #require(Time(procStat: "cpu 40 0 0 160")))
    #expect(late.busyShare(since: early) == 0.3)
    #expect(late.busyShare(since: late) == nil)
    #expect(early.busyShare(since: late) == nil)
  }

  @Test("can be observed on this machine, or is unknown")
  func system() throws {
    let earlier = Time(procStat: "cpu 0 0 0 0")
    let reading = try #require(MachineMonitor.system.reading(since: earlier))
    #expect((0...1).contains(reading.busy) && reading.loadAverage >= 0)
    #expect(MachineMonitor.system.cores >= 1)
    let blind = MachineMonitor(cores: 1, time: { nil }, loadAverage: { 1 })
    #expect(blind.reading(since: blind.now) == nil)
  }

  @Test("is a warning if other programs kept the machine busy before the first request")
  func warning() {
    func load(_ busy: Double) -> ComparisonReport.MachineLoad {
      .init(cores: 2, before: .init(busy: busy, loadAverage: 1.5), during: .init(busy: 0.9, loadAverage: 2))
    }
    #expect(load(0.05).warning == nil)
    #expect(load(0.45).warning?.hasPrefix("Other programs kept 45 % of the machine's 2 cores busy before") == true)
    #expect(
      load(0.05).words == "2 cores, 5 % busy (load average 1.50) before the first request, "
        + "90 % busy (load average 2.00) while requests were sent")
  }
}
