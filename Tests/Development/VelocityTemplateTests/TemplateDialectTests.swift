import Testing
import VelocityTemplate

@Suite("The dialect says what a reference without a value means")
struct TemplateDialectTests {
  private func texts(_ source: String) throws -> [String] {
    let template = try Template(source)
    return try [TemplateDialect.velocity, .apiGateway].map { try template.evaluate(variables(), dialect: $0) }
  }

  @Test(
    "in Velocity it's printed as written and false, in API Gateway an empty string and true",
    arguments: [
      ("Hello $nobody, ${nobody}, $!nobody.", "Hello $nobody, ${nobody}, .", "Hello , , ."),
      ("#if($nobody)T#{else}F#end", "F", "T"),
      ("#if($!map.inner.nope)T#{else}F#end", "F", "T"),
      ("#if($map.nothing)T#{else}F#end", "F", "T"),
      ("#if(!$host.nothing())T#{else}F#end", "T", "F"),
      ("#if($nobody == \"\")T#{else}F#end", "F", "T"),
      ("#set($x = $nobody)[$x]", "[$x]", "[]"),
      ("#set($name = $nobody)[$name]", "[World]", "[]"),
      ("#foreach($x in [$map.nothing, 1])[$x]#end$x", "[$x][1]$x", "[][1]"),
      ("#set($m = {})#set($m[\"$key\"] = 1)$m", "{$key=1}", "{=1}"),
      ("\\$nobody \\$name", "\\$nobody $name", "$nobody $name"),
    ])
  func reference(source: String, velocity: String, gateway: String) throws {
    #expect(try texts(source) == [velocity, gateway])
  }

  @Test("false, a number or a string is the same in both, and so is an operation without a result")
  func others() throws {
    for source in ["#if($no)T#{else}F#end", "#if($zero)T#{else}F#end", "#if($empty)T#{else}F#end"] {
      let texts = try texts(source)
      #expect(texts[0] == texts[1])
    }
    #expect(try texts("#set($n = 1 / 0)$n") == ["7", "7"])
    #expect(try texts("$list.contains(null) $map.containsKey(foo)") == ["false false", "false false"])
  }
}
