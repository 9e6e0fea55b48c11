package io.zibrato.samples.demo;

import io.zibrato.daemon.Command;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Starts a store, a broker, a Librato worker and two applications, shows what arrives, and at the
 * end compares it with what the applications counted.
 *
 * <p>In that order, since the worker counts from zero only those that start after it; and they end
 * in the opposite one, each once the one before has sent its last.
 */
final class Demo implements AutoCloseable {
  private static final long ROUND_MILLIS = 1000;
  private static final long PLAIN_ROUNDS = 5;
  private static final long ARRIVAL_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long ARRIVAL_POLL_MILLIS = 250;

  private static final String SHOP_JAR = "samples/compile-time-weaving/target/shop.jar";
  private static final String DOCUMENTS_JAR = "samples/load-time-weaving/target/documents.jar";
  private static final String WEAVE_PROPERTIES = "samples/load-time-weaving/weave.properties";

  private final DemoFlags flags;
  private final PrintStream out;
  private final Children children;
  private final Command.Asked asked;
  private final Installation installation;
  private final Path dir;
  private final long startSeconds = System.currentTimeMillis() / 1000;
  private Child storeProcess;
  private Child broker;
  private Child worker;
  private Child documents;
  private Child shop;
  private StoreClient store;
  private ShopLoad load;
  private boolean exact;

  Demo(DemoFlags flags, PrintStream out, Children children, Command.Asked asked) throws IOException {
    this.flags = flags;
    this.out = out;
    this.children = children;
    this.asked = asked;
    this.installation = new Installation(Path.of(flags.home).toAbsolutePath().normalize());
    this.dir = Files.createTempDirectory("zibrato-demo-");
  }

  /** Runs until asked to stop, or for as long as the flags say; returns whether all is exact. */
  boolean run() throws IOException, InterruptedException {
    startServices();
    startApplications();
    out.println("The page: " + store.page(DemoSeries.ALL.get(0).metric()));
    out.println(flags.seconds == null ? "Ctrl-C ends it.\n" : "");
    out.flush();
    watch();
    exact = finish();
    return exact;
  }

  private void startServices() throws IOException, InterruptedException {
    String data = flags.data == null ? dir.resolve("data").toString() : flags.data;
    String storePort = Integer.toString(flags.storePort);
    storeProcess =
        start(
            "store",
            "store listening on (http://\\S+)",
            installation.java(
                List.of(),
                installation.backend("store"),
                "--port",
                storePort,
                "--data",
                data));
    store = new StoreClient(storeProcess.ready().group(1));
    broker =
        start(
            "broker",
            "broker listening on \\S+:(\\d+) \\(publishers\\) and \\S+:(\\d+) \\(workers\\)",
            installation.java(
                List.of(), installation.broker(), "--port", Integer.toString(flags.brokerPort)));
    String workerPort = broker.ready().group(2);
    worker =
        start(
            "worker",
            "worker for librato connected",
            installation.java(
                List.of(),
                installation.backend("librato"),
                "--port",
                workerPort,
                "--url",
                storeProcess.ready().group(1),
                "--levels",
                "debug,info,error",
                "--state",
                dir.resolve("worker").toString(),
                "--flush",
                "1",
                "--percentiles",
                String.join(",", DemoSeries.PERCENTILES)));
    worker.ready();
  }

  private void startApplications() throws IOException, InterruptedException {
    List<String> agent =
        settings(
            DemoSeries.DOCUMENTS,
            "-javaagent:"
                + installation.path(installation.agent())
                + "=config="
                + installation.path(WEAVE_PROPERTIES));
    documents =
        start(
            "documents",
            "documents at work",
            installation.java(
                agent, DOCUMENTS_JAR, totalsFile(DemoSeries.DOCUMENTS).toString()));
    shop =
        start(
            "shop",
            "shop listening on (http://\\S+)",
            installation.java(
                settings(DemoSeries.SHOP, "-Dsun.net.httpserver.nodelay=true"),
                SHOP_JAR,
                Integer.toString(flags.httpPort),
                totalsFile(DemoSeries.SHOP).toString()));
    documents.ready();
    Matcher ready = shop.ready();
    load = ShopLoad.start(ready.group(1));
  }

  private List<String> settings(String source, String... options)
      throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>(List.of(options));
    settings.add("-Dzibrato.port=" + broker.ready().group(1));
    settings.add("-Dzibrato.source=" + source);
    return settings;
  }

  private Child start(String name, String readyLine, List<String> command) throws IOException {
    return children.start(name, dir, readyLine, command);
  }

  private Path totalsFile(String source) {
    return dir.resolve(source + ".totals");
  }

  private void watch() throws IOException, InterruptedException {
    LiveTable table = new LiveTable(store, startSeconds, flags.inPlace);
    long printEvery = flags.inPlace ? 1 : PLAIN_ROUNDS;
    long start = System.nanoTime();
    for (long round = 1; ; round++) {
      long elapsed = (System.nanoTime() - start) / 1_000_000;
      long left = flags.seconds == null ? Long.MAX_VALUE : flags.seconds * 1000L - elapsed;
      if (left <= 0 || asked.await(Math.min(round * ROUND_MILLIS - elapsed, left))) return;
      children.check();
      load.check();
      table.read();
      if (round % printEvery == 0) table.print(out);
    }
  }

  private boolean finish() throws IOException, InterruptedException {
    out.println("\nThe applications stop. Compared is what each counted itself, and the store.\n");
    load.close();
    load.check();
    shop.stopByInput();
    documents.stopByInput();
    Totals totals = new Totals();
    totals.read(totalsFile(DemoSeries.SHOP), DemoSeries.SHOP);
    totals.read(totalsFile(DemoSeries.DOCUMENTS), DemoSeries.DOCUMENTS);
    awaitArrival(totals);
    worker.stop();
    Reconciliation end = Reconciliation.of(totals, store, startSeconds);
    end.print(out);
    broker.stop();
    storeProcess.stop();
    return end.exact();
  }

  private void awaitArrival(Totals totals) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!Reconciliation.of(totals, store, startSeconds).exact()) {
      if (System.nanoTime() - start > ARRIVAL_NANOS) return;
      children.check();
      Thread.sleep(ARRIVAL_POLL_MILLIS);
    }
  }

  /** Stops what still runs. What the processes said is kept unless all went well. */
  @Override
  public void close() throws IOException {
    if (load != null) load.close();
    children.close();
    if (exact) delete(dir);
    else out.println("What the processes said is in " + dir);
    out.flush();
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> paths = Files.walk(dir)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
