package io.zibrato.backends.testing;

import static org.awaitility.Awaitility.await;

import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;

/**
 * Real processes from annotated methods to a service: a broker, a worker, and applications that the
 * agent weaves, which count themselves what they do. The service is the test's, which may have it
 * started here too. All of them end with {@link #close}.
 *
 * <pre>{@code
 * EndToEnd run = new EndToEnd(dir, "statsd");
 * run.startWorker("--url", url);                 // first: what is older than its state is not counted
 * run.startApplications(2);
 * run.call(300_000);
 * for (EndToEnd.Counted counted : run.counted()) {
 *   EndToEnd.settles(() -> held(EndToEnd.HITS, counted.source()), counted.hits());
 * }
 * }</pre>
 */
public final class EndToEnd implements AutoCloseable {
  /** The counter of a method with {@code @CountMe}; it has the tag {@code shop=main}. */
  public static final String HITS = "e2e.hits";

  /** The timer of a method with {@code @TimeMe}. */
  public static final String WORKS = "e2e.works";

  /** A timer of durations that the application knows. */
  public static final String KNOWN = "e2e.known";

  /** The gauge of a method with {@code @GaugeMe}: 0 less the hits when the application rests. */
  public static final String DEPTH = "e2e.depth";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration STILL = Duration.ofSeconds(2);
  private static final long ANSWER_MILLIS = 120_000;

  private final Path dir;
  private final String service;
  private final Installation installation = new Installation(home());
  private final Children children = new Children();
  private final List<Child> applications = new ArrayList<>(); // those that run
  private final List<Counted> counted = new ArrayList<>();
  private final Child broker;
  private Child worker;
  private List<String> workerFlags = List.of();
  private int started;

  /**
   * What one application says that it did since it began.
   *
   * @param source the source of all its series
   * @param hits calls counted as {@link #HITS}
   * @param works calls timed as {@link #WORKS}
   * @param known durations recorded as {@link #KNOWN}
   * @param knownNanos their sum
   */
  public record Counted(String source, long hits, long works, long known, long knownNanos) {}

  /**
   * Starts the broker, on free ports.
   *
   * @param dir for logs, and the worker's state
   * @param service whose worker it is, as in {@code zibrato-<service>.jar}
   */
  public EndToEnd(Path dir, String service) throws IOException, InterruptedException {
    this.dir = dir;
    this.service = service;
    broker =
        children.start(
            "broker",
            dir,
            ":(\\d+) \\(pub.*:(\\d+) \\(work",
            installation.java(List.of(), installation.broker(), "--port", "0"));
    broker.ready();
  }

  /** The folder that all modules are in: the nearest above this one with the broker in it. */
  private static Path home() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("broker/pom.xml"))) {
      folder = folder.getParent();
      if (folder == null) throw new IllegalStateException("not within the modules' folder");
    }
    return folder;
  }

  /** Starts another process; its output goes into a file of its name. */
  public Child start(String name, String readyLine, List<String> command) throws IOException {
    return children.start(name + '-' + started++, dir, readyLine, command);
  }

  /** Starts the service's worker, and waits until it has connected to both sides. */
  public void startWorker(String... flags) throws IOException, InterruptedException {
    workerFlags = List.of(flags);
    startWorkerAgain();
  }

  /** Starts the worker anew, on the same state and with the same flags, and waits likewise. */
  public void startWorkerAgain() throws IOException, InterruptedException {
    List<String> flags =
        new ArrayList<>(
            List.of("--port", workerPort(), "--state", dir.resolve("state").toString()));
    flags.addAll(workerFlags);
    List<String> command =
        installation.java(List.of(), installation.backend(service), flags.toArray(new String[0]));
    worker = start("worker", "connected to", command);
    worker.ready();
  }

  /** The broker's worker side, for a worker that is started otherwise. */
  public String workerPort() throws IOException, InterruptedException {
    return broker.ready().group(2);
  }

  /** The broker's publisher side, for an application that is started otherwise. */
  public String publisherPort() throws IOException, InterruptedException {
    return broker.ready().group(1);
  }

  public Child worker() {
    return worker;
  }

  /** Ends the worker by SIGKILL, and waits until it is gone. */
  public void killWorker() throws InterruptedException {
    worker.kill();
    worker.awaitEnd(ANSWER_MILLIS);
  }

  /** Stops the worker by SIGTERM; it has to end well. */
  public void stopWorker() throws IOException, InterruptedException {
    worker.stop();
  }

  /** Starts applications of the sources {@code app0}, {@code app1} and so on. */
  public void startApplications(int number) throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-javaagent:" + installation.path(installation.agent()),
            "-Dzibrato.port=" + broker.ready().group(1),
            "-Dzibrato.publish-interval=100ms");
    for (int i = 0; i < number; i++) {
      String source = "app" + counted.size();
      List<String> all = new ArrayList<>(options);
      all.add("-Dzibrato.source=" + source);
      List<String> command =
          installation.java(all, List.of(ownClasses()), MeasuredApplication.class.getName());
      Child application = start(source, "application at work", command);
      application.ready();
      applications.add(application);
      counted.add(new Counted(source, 0, 0, 0, 0));
    }
  }

  private static String ownClasses() {
    try {
      return new File(EndToEnd.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has each application call each of its methods so often, and returns when all have. */
  public void call(long times) throws IOException, InterruptedException {
    for (Child application : applications) application.tell("call " + times);
    awaitCounts();
  }

  /** Has the applications call their methods on and on, some hundred thousand times a second. */
  public void go() throws IOException {
    for (Child application : applications) application.tell("go");
  }

  /** Ends what {@link #go} began. */
  public void rest() throws IOException, InterruptedException {
    for (Child application : applications) application.tell("rest");
    awaitCounts();
  }

  private void awaitCounts() throws IOException, InterruptedException {
    int ended = counted.size() - applications.size();
    for (int i = ended; i < counted.size(); i++) {
      Matcher said =
          applications.get(i - ended).answer("^counted (\\d+) (\\d+) (\\d+) (\\d+)", ANSWER_MILLIS);
      long[] numbers = new long[4];
      Arrays.setAll(numbers, group -> Long.parseLong(said.group(group + 1)));
      counted.set(i, new Counted("app" + i, numbers[0], numbers[1], numbers[2], numbers[3]));
    }
  }

  /** What each application had counted when it last rested, those that have ended too. */
  public List<Counted> counted() {
    return List.copyOf(counted);
  }

  /** All woven calls of all applications. */
  public long calls() {
    return counted.stream().mapToLong(each -> each.hits() + each.works()).sum();
  }

  /** Ends the applications, which then send their last frames. */
  public void stopApplications() throws IOException, InterruptedException {
    for (Child application : applications) application.stopByInput();
    applications.clear();
  }

  /**
   * Fails unless any process that was not stopped is there.
   *
   * @throws IOException with what one that is missing said last
   */
  public void check() throws IOException {
    children.check();
  }

  /** Waits until the service holds so much, and sees that it stays so for a while. */
  public static <T> void settles(Callable<T> held, T expected) {
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertEqual(held.call(), expected));
    await()
        .pollInterval(Duration.ofMillis(200))
        .during(STILL)
        .atMost(STILL.multipliedBy(5))
        .untilAsserted(() -> assertEqual(held.call(), expected));
  }

  private static void assertEqual(Object held, Object expected) {
    if (held.equals(expected)) return;
    throw new AssertionError("the service holds " + held + ", and was to hold " + expected);
  }

  @Override
  public void close() {
    children.close();
  }
}
