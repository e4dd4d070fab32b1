import Testing
import VelocityTemplate

@Suite("An error names the line, the column and what to do")
struct TemplateErrorTests {
  @Test(
    "in a template that can't be parsed",
    arguments: [
      ("a\n  #if($x)b", "line 2, column 3: #if is not closed; add #end"),
      ("#foreach($x in $y)", "line 1, column 1: #foreach is not closed; add #end"),
      ("a #end", "line 1, column 3: #end closes no #if or #foreach; remove it"),
      ("#if($x)\r\n#else\r\n#else\r\n#end", "line 3, column 1: #else follows #else; add #end first"),
      (
        "#macro(x)#end",
        "line 1, column 1: #macro is not supported; write out what it stands for, with #set, #if and #foreach"
      ),
      ("#set($x 1)", "line 1, column 9: #set needs = after $x, found \"1\"; type #set($x = value)"),
      ("#set($x = \"abc)", "line 1, column 11: the quoted text is not closed; add \""),
      ("#set($x = [1, 2)", "line 1, column 16: the list is not closed, found \")\"; add ] or a comma"),
      ("${x", "line 1, column 4: ${x is not closed, the template ends; add }"),
      (
        "#set($x = 99999999999999999999)",
        "line 1, column 11: 99999999999999999999 has more than 64 bits; type a smaller number"
      ),
      ("$", "line 1, column 1: a lone $ ends the template; add a line's end after it"),
      ("#set($x = \"a\n#end\")", "line 2, column 1: #end closes no #if or #foreach; remove it"),
    ])
  func parsing(source: String, message: String) {
    let error = #expect(throws: TemplateError.self) { try Template(source) }
    #expect(error?.description == message)
  }

  @Test("in one with a directive that isn't supported", arguments: ["macro", "parse", "include", "evaluate", "define"])
  func unsupported(directive: String) {
    let error = #expect(throws: TemplateError.self) { try Template("a\n #\(directive)(\"x\")") }
    #expect(error?.description.hasPrefix("line 2, column 2: #\(directive) is not supported; ") == true)
  }

  @Test(
    "in one that can't be evaluated",
    arguments: [
      ("\n $name.foo()", "line 2, column 8: foo() on a string is no method here; type one that exists"),
      ("$host.foo()", "line 1, column 7: foo() on a host is no method here; type one that exists"),
      ("$name.length(1)", "line 1, column 7: length() on a string takes other arguments; correct their number or kind"),
      (
        "$name.substring(9)",
        "line 1, column 7: substring() on a string reads from 9 to 5 of 5 characters; check length() first"
      ),
      ("$list[3]", "line 1, column 6: get() on a list has no index 3 in 3 elements; check size() first"),
      (
        "$name.matches('(')",
        "line 1, column 7: matches() on a string can't read the regular expression \"(\"; correct it"
      ),
      (
        "#set($x = 9223372036854775807 + 1)",
        "line 1, column 11: the result has more than 64 bits; use smaller numbers"
      ),
    ])
  func evaluation(source: String, message: String) throws {
    let template = try Template(source)
    let error = #expect(throws: TemplateError.self) { try template.evaluate(variables()) }
    #expect(error?.description == message)
  }
}
