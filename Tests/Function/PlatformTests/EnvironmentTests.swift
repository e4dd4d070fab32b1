import Platform
import Testing

@Suite("An environment")
struct EnvironmentTests {
  @Test("gives the value of a variable")
  func value() {
    #expect(Environment(["AWS_REGION": "eu-central-1"])["AWS_REGION"] == "eu-central-1")
  }

  @Test("counts an empty variable as unset")
  func empty() {
    #expect(Environment(["AWS_REGION": ""])["AWS_REGION"] == nil)
    #expect(Environment([:])["AWS_REGION"] == nil)
  }

  @Test("tells an empty variable from an unset one where it is asked")
  func isEmpty() {
    let environment = Environment(["EMPTY": "", "SPACE": " "])
    #expect(environment.isEmpty("EMPTY"))
    #expect(!environment.isEmpty("SPACE"))
    #expect(!environment.isEmpty("UNSET"))
    #expect(environment.setting("UNSET", to: "").isEmpty("UNSET"))
  }

  @Test("keeps a value as it is, spaces included")
  func verbatim() {
    #expect(Environment(["A": " "])["A"] == " ")
    #expect(Environment(["A": "b=c "])["A"] == "b=c ")
  }

  @Test("tells names apart by case")
  func names() {
    #expect(Environment(["aws_region": "eu-central-1"])["AWS_REGION"] == nil)
  }

  @Test("is made from another, with one variable set anew")
  func setting() {
    let environment = Environment(["AWS_REGION": "eu-central-1", "A": "b"]).setting("AWS_REGION", to: "us-east-1")
    #expect(environment["AWS_REGION"] == "us-east-1")
    #expect(environment["A"] == "b")
    #expect(environment["B"] == nil)
    #expect(environment.setting("A", to: "")["A"] == nil)
  }

  @Test("of the process is read from the process")
  func process() {
    #expect(Environment.process["PATH"]?.contains("/") == true)
    #expect(Environment.process["APIGW_BATCH_NO_SUCH_VARIABLE"] == nil)
  }

  @Test("names the variable that can't be used in the error's one line")
  func error() {
    let error = EnvironmentError("AWS_REGION", "is not set: set it")
    #expect("\(error)" == "AWS_REGION: is not set: set it")
  }
}
