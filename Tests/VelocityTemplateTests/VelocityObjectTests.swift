import Testing
import VelocityTemplate

@Suite("A template and its caller share lists, maps and objects")
struct VelocityObjectTests {
  @Test("what a template sets in a map, its caller sees")
  func sharing() throws {
    let override = VelocityMap()
    let context = VelocityMap(["responseOverride": .map(override)])
    let template = try Template("#set($context.responseOverride.status = 400)")
    #expect(try template.evaluate(["context": .map(context)]) == "")
    guard case .integer(400)? = override["status"] else {
      Issue.record("no status in the map")
      return
    }
  }

  @Test("an object's methods and properties are its own")
  func object() throws {
    let template = try Template("$host.say(\"Hello $name\") $host.name ${host.nope} $!host.nope|")
    #expect(try template.evaluate(variables()) == "said Hello World host ${host.nope} |")
  }

  @Test("a template is parsed once and evaluated afresh each time")
  func again() throws {
    let template = try Template("$!x#set($x = 1)$x")
    #expect(try template.evaluate() == "1")
    #expect(try template.evaluate() == "1")
    #expect(try template.evaluate(["x": .string("a")]) == "a1")
  }
}
