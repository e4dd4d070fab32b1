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

  @Test("takes what to type from a line about wrong usage")
  func usage() {
    let region = Finding.fail(UsageError("no AWS region is set; type: export AWS_REGION=us-east-1"))
    #expect(region == .fail("no AWS region is set", type: "export AWS_REGION=us-east-1"))
    let keys = Finding.fail(UsageError("no AWS keys; set AWS_ACCESS_KEY_ID, or type: aws configure"))
    #expect(keys == .fail("no AWS keys; set AWS_ACCESS_KEY_ID", type: "aws configure"))
  }
}
