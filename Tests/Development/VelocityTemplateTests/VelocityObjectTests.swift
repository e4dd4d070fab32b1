import Testing
import VelocityTemplate

@Suite("A template and its host share lists, maps and objects")
struct VelocityObjectTests {
  @Test("the host sees what a template sets in a map")
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

  @Test("an object defines its methods and properties")
  func object() throws {
    let template = try Template("$host.say(\"Hello $name\") $host.name ${host.nope} $!host.nope|")
    #expect(try template.evaluate(variables()) == "said Hello World host ${host.nope} |")
  }

  @Test("a template is parsed once, and evaluations are independent")
  func again() throws {
    let template = try Template("$!x#set($x = 1)$x")
    #expect(try template.evaluate() == "1")
    #expect(try template.evaluate() == "1")
    #expect(try template.evaluate(["x": .string("a")]) == "a1")
  }
}

@Suite("A list can have its own text")
struct ListTextTests {
  private func list(_ elements: [VelocityValue]) -> VelocityValue {
    .list(
      VelocityList(elements) { (list, limit) throws(MethodError) in
        guard limit > 4 else { throw .tooLong }
        return "<\(list.elements.count)>"
      })
  }

  @Test("it is printed wherever the list is, and reflects changes")
  func text() throws {
    let template = try Template("$x $x.toString() [$y] $x.subList(0, 1) #set($z = $x.add(3))|$x")
    let text = try template.evaluate(["x": list([.integer(1), .integer(2)]), "y": .list([list([])])])
    #expect(text == "<2> <2> [[<0>]] [1]|<3>")
  }

  @Test("it is subject to the template's limit")
  func limit() throws {
    let template = try Template("a\n$x")
    let error = #expect(throws: TemplateError.self) {
      try template.evaluate(["x": list([])], limits: TemplateLimits(length: 4))
    }
    #expect(error?.position.description == "line 2, column 1")
  }
}
