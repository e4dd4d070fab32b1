import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Evaluates templates with Apache Velocity. Reads a template in base64 from each line, and prints "= " and the text in
 * base64, or "! " and the error.
 */
public class Outcomes {
  /** The object that the tests call $host. */
  public static class Host {
    public String getName() { return "host"; }
    public String say(String what) { return "said " + what; }
    public Object nothing() { return null; }
    public String toString() { return "a host"; }
  }

  static VelocityContext context() {
    VelocityContext context = new VelocityContext();
    context.put("name", "World");
    context.put("quote", "a \"quoted\" 'text' \\ back");
    context.put("empty", "");
    context.put("n", 7);
    context.put("zero", 0);
    context.put("half", 0.5);
    context.put("yes", true);
    context.put("no", false);
    context.put("list", new ArrayList<Object>(List.of("a", "b", "c")));
    context.put("numbers", new ArrayList<Object>(List.of(3, 1, 2)));
    context.put("nested", new ArrayList<Object>(List.of(new ArrayList<Object>(List.of(1, 2)), new ArrayList<Object>())));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("foo", "bar");
    map.put("count", 3);
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("deep", "value");
    map.put("inner", inner);
    map.put("nothing", null);
    context.put("map", map);
    context.put("host", new Host());
    return context;
  }

  public static void main(String[] arguments) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.setProperty("velocimacro.library", "");
    engine.init();
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line; (line = in.readLine()) != null; ) {
      String template = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
      StringWriter text = new StringWriter();
      try {
        engine.evaluate(context(), text, "template", template);
        out.println("= " + Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8)));
      } catch (Throwable error) {
        out.println("! " + String.valueOf(error.getMessage()).split("\\R")[0]);
      }
    }
  }
}
