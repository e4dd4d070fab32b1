import Testing
import VelocityTemplate

@Suite("No template hangs or exhausts memory")
struct TemplateLimitsTests {
  @Test(
    "a template that would is an error",
    arguments: [
      "#foreach($a in [1..1000])#foreach($b in [1..1000])x#end#end",
      "#set($x = [1..2000000000])$x.size()",
      "#set($x = [-9000000000000000000..9000000000000000000])",
      "#set($x = [0..9223372036854775807])", "#set($x = [9223372036854775807..1])",
      "#set($s = 'abcdefgh')#foreach($i in [1..60])#set($s = \"$s$s\")#end",
      "#set($s = 'abcdefgh')#foreach($i in [1..60])#set($s = $s + $s)#end",
      "#set($s = 'abcdefgh')#foreach($i in [1..60])#set($s = $s.concat($s))#end",
      "#set($s = 'abcdefgh')#foreach($i in [1..60])#set($s = $s.replaceAll('.', $s))#end",
      "#set($s = 'abcdefgh')#foreach($i in [1..60])#set($s = $s.replace('a', $s))#end",
      "#set($l = [1, 2])#foreach($i in [1..60])#set($y = $l.addAll($l))#end",
      "#set($l = [1, 2])#foreach($i in [1..60])#set($l = [$l, $l])#end$l",
      "#set($l = [1])#set($m = {'l': $l})#set($y = $l.add($m))$l",
      "#set($s = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')$s.matches('(a+)+c')",
      "#foreach($i in [1..10000])#set($x = [1..10000])#end",
      "#set($l = [1, 2])#set($m = [1, 2])#foreach($i in [1..60])#set($l = [$l, $l])#set($m = [$m, $m])#end#if($l == $m)#end",
      "#set($l = [1, 2])#foreach($i in [1..60])#set($l = [$l, $l])#end$l.hashCode()",
      "#set($m = {'a': 1})#set($e = $m.entrySet())#set($y = $e[0].setValue($e))$e",
      "\((1...20).map { "#define($d\($0))\(String(repeating: "$d\($0 % 20 + 1)", count: 20))#end" }.joined())$d1",
      "\((1...60).map { "#define($d\($0))$d\($0 + 1)#end" }.joined())$d1",
      "#foreach($i in [1..10000])\(String(repeating: "text ", count: 100))#end",
    ])
  func excess(source: String) throws {
    let template = try Template(source)
    let limits = TemplateLimits(iterations: 10_000, length: 1_000_000, work: 5_000_000)
    #expect(throws: TemplateError.self) { try template.evaluate(limits: limits) }
  }

  @Test("a template that is nested too deeply is an error, not a crash")
  func depth() {
    let many = 100_000
    for (opening, closing) in [
      ("#if(true)", "#end"), ("#set($x = " + String(repeating: "(", count: many), ")"), ("$x.a(", ")"),
      ("#set($x = " + String(repeating: "[", count: many), ")"), ("#if(" + String(repeating: "!", count: many), ")"),
      ("#set($x = 1" + String(repeating: " + 1", count: many), ")"), ("$x[", "]"),
    ] {
      let times = opening.utf8.count > 100 ? 1 : many
      let source = String(repeating: opening, count: times) + "1" + String(repeating: closing, count: times)
      #expect(throws: TemplateError.self) { try Template(source) }
    }
  }

  @Test("a long text is searched to its end, however many matches begin in it")
  func longText() throws {
    let text = String(repeating: "ab", count: 3000)
    let template = try Template("#set($s = '\(text)ac')$s.replaceAll('ac', 'x')")
    #expect(try template.evaluate() == text + "x")
  }

  @Test("output within the limits is complete")
  func within() throws {
    let template = try Template("#foreach($i in [1..5])$i#end")
    #expect(try template.evaluate(limits: TemplateLimits(iterations: 5, length: 5)) == "12345")
    #expect(throws: TemplateError.self) { try template.evaluate(limits: TemplateLimits(iterations: 4)) }
    #expect(throws: TemplateError.self) { try template.evaluate(limits: TemplateLimits(length: 4)) }
  }
}
