import Testing

@testable import Doctor

@Suite("A finding of the doctor")
struct FindingTests {
  @Test("is one line, which ends with a command to run unless all is well")
  func lines() {
    #expect(Finding.ok("region eu-west-1").description == "ok    region eu-west-1")
    #expect(Finding.fail("a is b", run: "make c").description == "fail  a is b; run: make c")
    #expect(Finding.warn("a\n is\r\nb", run: "make").description == "warn  a  is b; run: make")
    #expect(Finding.skip("a", run: "make").description == "skip  a; run: make")
  }
}
