import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.util.introspection.Info;

/**
 * Evaluates templates with Apache Velocity, with its default settings and then as API Gateway does. Reads a template in
 * base64 from each line, and prints two lines: "= " and the text in base64, or "! " and the error.
 */
public class Outcomes {
  /** The object that the tests call $host. */
  public static class Host {
    public String getName() { return "host"; }
    public String say(String what) { return "said " + what; }
    public Object nothing() { return null; }
    public String toString() { return "a host"; }
  }

  /** A reference without a value is an empty string. */
  static class EmptyReferences implements InvalidReferenceEventHandler {
    public Object invalidGetMethod(Context context, String reference, Object object, String property, Info info) {
      return "";
    }
    public Object invalidMethod(Context context, String reference, Object object, String method, Info info) {
      return "";
    }
    public boolean invalidSetMethod(Context context, String left, String right, Info info) { return false; }
  }

  static String outcome(VelocityEngine engine, String template, boolean isGateway) throws IOException {
    VelocityContext context = context();
    EventCartridge cartridge = new EventCartridge();
    if (isGateway) cartridge.addEventHandler(new EmptyReferences());
    cartridge.attachToContext(context);
    StringWriter text = new StringWriter();
    try {
      engine.evaluate(context, text, "template", template);
      return "= " + Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (Throwable error) {
      return "! " + String.valueOf(error.getMessage()).split("\\R")[0];
    }
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
      out.println(outcome(engine, template, false));
      out.println(outcome(engine, template, true));
    }
  }
}
