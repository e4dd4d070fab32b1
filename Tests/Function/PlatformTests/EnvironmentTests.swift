import Platform
import Testing

@Suite("An environment")
struct EnvironmentTests {
  @Test("returns the value of a variable")
  func value() {
    #expect(Environment(["AWS_REGION": "eu-central-1"])["AWS_REGION"] == "eu-central-1")
  }

  @Test("treats an empty variable as unset")
  func empty() {
    #expect(Environment(["AWS_REGION": ""])["AWS_REGION"] == nil)
    #expect(Environment([:])["AWS_REGION"] == nil)
  }

  @Test("distinguishes an empty variable from an unset one on request")
  func isEmpty() {
    let environment = Environment(["EMPTY": "", "SPACE": " "])
    #expect(environment.isEmpty("EMPTY"))
    #expect(!environment.isEmpty("SPACE"))
    #expect(!environment.isEmpty("UNSET"))
    #expect(environment.setting("UNSET", to: "").isEmpty("UNSET"))
  }

  @Test("keeps a value unchanged, including spaces")
  func verbatim() {
    #expect(Environment(["A": " "])["A"] == " ")
    #expect(Environment(["A": "b=c "])["A"] == "b=c ")
  }

  @Test("distinguishes names by case")
  func names() {
    #expect(Environment(["aws_region": "eu-central-1"])["AWS_REGION"] == nil)
  }

  @Test("is made from another, with one variable replaced")
  func setting() {
    let environment = Environment(["AWS_REGION": "eu-central-1", "A": "b"]).setting("AWS_REGION", to: "us-east-1")
    #expect(environment["AWS_REGION"] == "us-east-1")
    #expect(environment["A"] == "b")
    #expect(environment["B"] == nil)
    #expect(environment.setting("A", to: "")["A"] == nil)
  }

  @Test("of the process contains the process's variables")
  func process() {
    #expect(Environment.process["PATH"]?.contains("/") == true)
    #expect(Environment.process["APIGW_BATCH_NO_SUCH_VARIABLE"] == nil)
  }

  @Test("has errors of one line that name the variable")
  func error() {
    let error = EnvironmentError("AWS_REGION", "is not set: set it")
    #expect("\(error)" == "AWS_REGION: is not set: set it")
  }
}
