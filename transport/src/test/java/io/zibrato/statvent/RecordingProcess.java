package io.zibrato.statvent;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A process that does with {@link Stats} what it reads, a word a line, and says what it has then.
 */
final class RecordingProcess {
  private RecordingProcess() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String word = in.readLine(); word != null; word = in.readLine()) {
      System.out.println(word.equals("threads") ? threads() : done(word));
    }
  }

  private static Map<String, Number> done(String word) {
    switch (word) {
      case "start" -> Stats.startRecorder();
      case "stop" -> Stats.stopRecorder();
      case "record" -> {
        Stats.incr("orders");
        Stats.incr("orders", 41);
        Stats.incr("bytes", 0.5);
        Stats.set("users", 7);
        for (int i = 1; i <= 4; i++) Stats.record("query {0}", i);
        Stats.record("wait", 2.5, (name, label) -> label + " " + name);
      }
      case "calculate" -> Stats.calculate(RecordingProcess::least, 2);
      default -> throw new IllegalArgumentException(word);
    }
    return Stats.getAll();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("zibrato-statvent"))
        .sorted()
        .toList();
  }

  private static Map<String, Number> least(List<Number> sorted) {
    return Map.of("least", sorted.get(0));
  }
}
