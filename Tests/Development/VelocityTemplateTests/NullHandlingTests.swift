import Testing
import VelocityTemplate

@Suite("References without a value can be printed as nothing")
struct NullHandlingTests {
  private func evaluate(_ source: String) throws -> String {
    try Template(source).evaluate(variables(), nulls: .empty)
  }

  @Test(
    "they print nothing, equal the empty string, and can be assigned",
    arguments: [
      ("$map.nope|${map.nope.deep}|$name.nope|$map.get('nope')|$list.nope", "||||"),
      ("#set($x = $map.nope)$x|$x.y|$x.foo()", "||"),
      ("#set($name = $map.nope)[$name]", "[]"),
      ("#set($map.foo = $map.nope)[$map.foo]$map.containsKey('foo')", "[]true"),
      ("#set($x = $map.nope)#if($x == $null)null#end#if($x == \"\")empty#end#if($x)true#end", "nullempty"),
      ("#if(\"\" == $map.nope)empty#end#if($map.nope != \"a\")other#end", "emptyother"),
      ("#if($map.nope != \"\")other#end#if($map.nope == 0)zero#end", ""),
      ("#set($x = \"a\" + $map.nope)$x", "a"),
      ("#foreach($x in [$map.nope, 1])[$x]#end", "[][1]"),
      ("\\$map.nope \\$name", "$map.nope $name"),
    ])
  func nothing(source: String, text: String) throws {
    #expect(try evaluate(source) == text)
  }

  @Test("a variable that was never set is printed as written")
  func unset() throws {
    #expect(try evaluate("$nobody ${nobody.x} $!nobody| $ref") == "$nobody ${nobody.x} | $ref")
  }
}
