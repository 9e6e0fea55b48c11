package io.zibrato.agent;

import io.zibrato.aspects.ConfiguredAspect;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The agent's arguments, and the file they name. A line of it:
 *
 * <pre>time.parse = execution(* com.google.gson.Gson.fromJson(..)); level=info; name=gson.{method}
 * </pre>
 *
 * <p>The key is {@code count}, {@code time} or {@code gauge}, a dot, and a name of your own; the
 * value an AspectJ pointcut, and, after semicolons, any of {@code level}, {@code name}, {@code
 * source}, {@code tags} ({@code k=v,k=v}), {@code value} and {@code on} (of a count), {@code
 * sample} (of a time), as in the annotations. A line that cannot be used is named, with what is
 * wrong, and left out; the others hold.
 *
 * @param aspects one for each usable line
 * @param needs what each of them needs of a class
 */
record WeaveConfig(List<ConfiguredAspect> aspects, List<PatternNeeds> needs) {

  static WeaveConfig of(String args) {
    List<ConfiguredAspect> aspects = new ArrayList<>();
    List<PatternNeeds> needs = new ArrayList<>();
    for (String arg : args.split(",")) {
      if (arg.isBlank()) continue;
      if (arg.startsWith("config=")) {
        read(arg.substring("config=".length()), aspects, needs);
      } else {
        Agent.say("no such argument: \"" + arg + "\"; there is config=FILE");
      }
    }
    if (!aspects.isEmpty() && !canDefineClasses()) {
      Agent.say(
          "no pattern is woven: AspectJ defines a class for each by sun.misc.Unsafe, which this JVM"
              + " denies; --sun-misc-unsafe-memory-access=allow would let it");
      aspects.clear();
      needs.clear();
    }
    return new WeaveConfig(List.copyOf(aspects), List.copyOf(needs));
  }

  /** Tries what AspectJ would have to do, and would fail all weaving over. */
  private static boolean canDefineClasses() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      Field any = WeaveReport.class.getDeclaredField("summarised");
      unsafe.getMethod("objectFieldOffset", Field.class).invoke(instance.get(null), any);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  private static void read(String file, List<ConfiguredAspect> aspects, List<PatternNeeds> needs) {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      Agent.say("config=" + file + " cannot be read: " + e);
      return;
    }
    for (String key : new TreeSet<>(lines.stringPropertyNames())) {
      try {
        ConfiguredAspect configured = ConfiguredAspect.parse(key, lines.getProperty(key));
        needs.add(PatternNeeds.of(configured.pointcut()));
        aspects.add(configured);
      } catch (RuntimeException e) { // The parser's own exception among them.
        String line = key + " = " + lines.getProperty(key);
        Agent.say(file + ": \"" + line + "\" is left out: " + reason(e));
      }
    }
    if (aspects.isEmpty()) Agent.say(file + " names nothing to weave");
  }

  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
