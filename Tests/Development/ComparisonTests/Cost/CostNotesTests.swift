import Foundation
import Platform
import SAMTemplate
import Testing

@testable import Comparison

@Suite("The notes about costs")
struct CostNotesTests {
  @Test("distinguish durations that were measured here from those that were given")
  func uses() {
    let measured = FunctionUse(architecture: .arm64, memorySize: 512, runMilliseconds: 60)
    let given = FunctionUse(architecture: .arm64, memorySize: 1024, isMeasured: false, runMilliseconds: 60)
    #expect(FunctionUse.notes([:]).isEmpty)
    #expect(FunctionUse.notes(["a": measured]).map { $0.contains("on this machine's processor") } == [true])
    #expect(
      FunctionUse.notes(["b": given])
        == ["The billed duration, memory and architecture of b were given, not measured."])
    #expect(FunctionUse.notes(["a": measured, "b": given]).first?.contains("512 MB") == true)
  }

  @Test("name each memory size with less than a whole processor, and no other")
  func memory() {
    let uses = ["a": 128, "b": 1769, "c": 512, "d": 128].mapValues {
      FunctionUse(architecture: .arm64, memorySize: $0, runMilliseconds: 60)
    }
    let notes = FunctionUse.notes(uses)
    #expect(notes.count == 1 && notes.first?.contains(" functions with 128 and 512 MB get a fraction") == true)
    #expect(FunctionUse.notes(uses.filter { $0.key == "b" }).isEmpty)
  }

  @Test("say what is needed for the cost of a deployed function")
  func unpriced() {
    func variant(_ id: String, url: String?) -> ComparisonReport.Variant {
      .init(id: id, name: id, integration: .lambdaProxy, api: .rest, template: nil, url: url)
    }
    let notes = VariantCost.notes(
      unpriced: [variant("here", url: nil), variant("there", url: "https://h/q/d"), variant("dead", url: nil)],
      successful: ["here", "there"])
    #expect(notes.count == 3)
    #expect(notes.first?.hasPrefix("No cost for there: ") == true)
    #expect(notes.first?.hasSuffix("--billed-duration, --memory and --architecture.") == true)
    #expect(
      notes.dropFirst() == [
        "No cost for here: no invocation was reported.", "No cost for dead: no request succeeded.",
      ])
  }
}
