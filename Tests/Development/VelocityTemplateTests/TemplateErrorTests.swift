import Testing
import VelocityTemplate

@Suite("An error names the line, the column and the remedy")
struct TemplateErrorTests {
  @Test(
    "in a template that can't be parsed",
    arguments: [
      ("a\n  #if($x)b", "line 2, column 3: #if is not closed; add #end"),
      ("#foreach($x in $y)", "line 1, column 1: #foreach is not closed; add #end"),
      ("a #end", "line 1, column 3: #end without an #if or #foreach; remove it"),
      ("#if($x)\r\n#else\r\n#else\r\n#end", "line 3, column 1: #else follows #else; add #end first"),
      ("#macro(x)#end", "line 1, column 1: #macro is not supported; use #set, #if and #foreach instead"),
      ("#set($x 1)", "line 1, column 9: #set needs = after $x, found \"1\"; use #set($x = value)"),
      ("#set($x = \"abc)", "line 1, column 11: the string is not closed; add \""),
      ("#set($x = [1, 2)", "line 1, column 16: the list is not closed, found \")\"; add ] or a comma"),
      ("${x", "line 1, column 4: ${x is not closed, the template ends; add }"),
      (
        "#set($x = 99999999999999999999)",
        "line 1, column 11: 99999999999999999999 doesn't fit in 64 bits; use a smaller number"
      ),
      ("$", "line 1, column 1: the template ends with a lone $; add a line break after it"),
      ("#set($x = \"a\n#end\")", "line 2, column 1: #end without an #if or #foreach; remove it"),
      ("#define($f)a", "line 1, column 1: #define is not closed; add #end"),
      ("#define(f)a#end", "line 1, column 9: #define needs a variable, found \"f\"; use #define($block)"),
      ("#define($f)\n#else#end", "line 2, column 1: #else doesn't belong to an #if; close #define with #end"),
      ("$name{a b}", "line 1, column 8: { after $name is not closed, found \" \"; add }, or write ${name}{"),
      (
        "$name.foo(see below)",
        "line 1, column 15: the arguments of foo are not closed, found \"b\"; add ), and move any calculation into a "
          + "#set before it"
      ),
    ])
  func parsing(source: String, message: String) {
    let error = #expect(throws: TemplateError.self) { try Template(source) }
    #expect(error?.description == message)
  }

  @Test("in a template with an unsupported directive", arguments: ["macro", "parse", "include", "evaluate", "literal"])
  func unsupported(directive: String) {
    let error = #expect(throws: TemplateError.self) { try Template("a\n #\(directive)(\"x\")") }
    #expect(error?.description.hasPrefix("line 2, column 2: #\(directive) is not supported; ") == true)
  }

  @Test(
    "in a template that can't be evaluated",
    arguments: [
      ("\n $name.foo()", "line 2, column 8: foo() on a string does not exist; use another method"),
      ("$host.foo()", "line 1, column 7: foo() on a host does not exist; use another method"),
      ("$name.length(1)", "line 1, column 7: length() on a string takes other arguments; fix their number or type"),
      (
        "$name.substring(9)",
        "line 1, column 7: substring() on a string can't read from 9 to 5 of 5 characters; check length() first"
      ),
      ("$list[3]", "line 1, column 6: get() on a list has no index 3, only 3 elements; check size() first"),
      (
        "$name.matches('(')",
        "line 1, column 7: matches() on a string can't parse the regular expression \"(\"; fix it"
      ),
      (
        "#foreach($x in $list)$foreach.info#end",
        "line 1, column 31: .info is not supported; use index, count, hasNext, first, last, parent or topmost"
      ),
      (
        "#foreach($x in $list)#set($foreach.mine = 1)#end",
        "line 1, column 36: $foreach can't be changed; #set a variable of your own"
      ),
      (
        "#set($i = $list.iterator())#foreach($x in $i)$i.next()#end",
        "line 1, column 28: the loop's iterator is read inside the loop; loop over the list instead"
      ),
      (
        "#define($f)a#end#set($x = [$f])$x",
        "line 1, column 32: the value contains a #define block, which can't be printed as a part of it; print the block "
          + "by itself"
      ),
      (
        "#set($x = 9223372036854775807 + 1)",
        "line 1, column 11: the result doesn't fit in 64 bits; use smaller numbers"
      ),
    ])
  func evaluation(source: String, message: String) throws {
    let template = try Template(source)
    let error = #expect(throws: TemplateError.self) { try template.evaluate(variables()) }
    #expect(error?.description == message)
  }
}
