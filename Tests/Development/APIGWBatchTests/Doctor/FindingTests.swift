import Testing

@testable import apigw_batch

@Suite("A finding of the doctor")
struct FindingTests {
  @Test("is one line, which ends with what to type unless all is well")
  func lines() {
    #expect(Finding.ok("region eu-west-1").description == "ok    region eu-west-1")
    #expect(Finding.fail("a is b", type: "make c").description == "fail  a is b; type: make c")
    #expect(Finding.warn("a\n is\r\nb", type: "make").description == "warn  a  is b; type: make")
    #expect(Finding.skip("a", type: "make").description == "skip  a; type: make")
  }
}
