package io.zibrato.chaos.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The oracle's process. Its arguments are the folder of all files and the services' names; each
 * line of its standard input asks it something, and it answers with lines of which the last begins
 * with {@code :}.
 *
 * <pre>
 *   await MILLIS             :reached MILLIS, or :late MILLIS after a line for each that is missing
 *   killed SOURCE NANOS      :noted    an application, and until when all it sent was sure to arrive
 *   damaged SERVICE          :noted    its worker's state
 *   verdict                  lines of Markdown, then :holds or :broken
 * </pre>
 */
final class OracleMain {
  private final Oracle oracle;

  private OracleMain(Oracle oracle) {
    this.oracle = oracle;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> services = Arrays.asList(args).subList(1, args.length);
    OracleMain main = new OracleMain(new Oracle(Path.of(args[0]), services));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(":ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(main.answer(line.split(" ")));
    }
  }

  private String answer(String[] words) throws IOException, InterruptedException {
    switch (words[0]) {
      case "await":
        return await(Long.parseLong(words[1]));
      case "killed":
        oracle.application(words[1]).killed(Long.parseLong(words[2]));
        return ":noted";
      case "damaged":
        oracle.service(words[1]).damaged();
        return ":noted";
      case "verdict":
        return verdict();
      default:
        throw new IllegalArgumentException(String.join(" ", words));
    }
  }

  private String await(long millis) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> missing = oracle.await(millis);
    missing.forEach(System.out::println);
    long took = (System.nanoTime() - start) / 1_000_000;
    return (missing.isEmpty() ? ":reached " : ":late ") + took;
  }

  private String verdict() throws IOException, InterruptedException {
    oracle.await(0);
    for (Service service : oracle.services()) service.read(oracle.spool(service));
    Verdict verdict = new Verdict(oracle);
    verdict.lines().forEach(System.out::println);
    return verdict.holds() ? ":holds" : ":broken";
  }
}
