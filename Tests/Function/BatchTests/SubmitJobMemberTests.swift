import Batch
import Testing

@Suite("The members of SubmitJob")
struct SubmitJobMemberTests {
  @Test("are recognized by their exact names")
  func known() {
    for name in ["jobName", "jobQueue", "tags", "timeout", "consumableResourcePropertiesOverride"] {
      #expect(SubmitJobMember.isKnown(name))
    }
    for name in ["", "Tags", "jobname", "tags ", "\u{212a}", "newMember"] { #expect(!SubmitJobMember.isKnown(name)) }
  }

  @Test(
    "are suggested for a similar name, ignoring case",
    arguments: [
      ("jobname", "jobName"), ("JOBNAME", "jobName"), ("job_name", "jobName"),
      ("containerOverride", "containerOverrides"),
      ("containeroverrides", "containerOverrides"), ("Tags", "tags"), ("tag", "tags"), ("tgas", "tags"),
      ("timeOut", "timeout"), ("dependson", "dependsOn"), ("paramaters", "parameters"),
      ("retryStratgey", "retryStrategy"),
      ("jobQueues", "jobQueue"), ("ecsPropertyOverrides", "ecsPropertiesOverride"),
      ("eksPropertiesOverrides", "eksPropertiesOverride"), ("eksProperties", "eksPropertiesOverride"),
      ("shareId", "shareIdentifier"), ("container", "containerOverrides"),
    ])
  func closest(text: String, member: String) {
    #expect(SubmitJobMember.closest(to: text) == member)
  }

  @Test(
    "are not suggested if none is similar",
    arguments: ["", "x", "id", "command", "image", "newMember", "日本語", String(repeating: "jobName", count: 1000)])
  func nothingNear(text: String) {
    #expect(SubmitJobMember.closest(to: text) == nil)
  }
}
