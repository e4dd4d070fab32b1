import Testing

@testable import Workstation

@Suite("The name by which messages tell the user to run the command")
struct CommandNameTests {
  @Test(
    "is swift run for a build in a clone, and the command's own name elsewhere",
    arguments: [
      ("/home/me/apigw-batch/.build/x86_64-unknown-linux-gnu/debug/apigw-batch", "swift run apigw-batch"),
      ("/home/me/apigw-batch/.build/release/apigw-batch", "swift run apigw-batch"),
      ("/usr/local/bin/apigw-batch", "apigw-batch"), ("/home/me/my.build/bin/apigw-batch", "apigw-batch"),
    ])
  func invocation(executable: String, name: String) {
    #expect(CommandName.invocation(of: executable) == name)
  }
}
