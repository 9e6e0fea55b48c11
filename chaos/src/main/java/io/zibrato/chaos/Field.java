package io.zibrato.chaos;

import io.zibrato.chaos.load.TotalsFile;
import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Installation;
import io.zibrato.processes.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;

/**
 * All that takes part: two applications, a broker, three workers with a service each, and the links
 * between them.
 *
 * <pre>
 *   west ----link----\                /----link---- worker a ----link---- service a (knows requests by their key)
 *                     +---- broker ----+----link---- worker b ----link---- service b (does not)
 *   east ----link----/                \----link---- worker c ----link---- service c, whose worker's state is damaged
 * </pre>
 *
 * <p>East and worker b are in a network namespace of their own, and have clocks of their own, where
 * the system has such things; worker b's state is on a disk of its own. One thread.
 */
final class Field implements AutoCloseable {
  static final List<String> SERVICES = List.of("a", "b", "c");
  private static final String AWAY = "b"; // the worker in the namespace
  private static final String LOOPBACK = "127.0.0.1";

  private final Installation installation;
  private final Children children;
  private final Path dir;
  private final Random seeds;
  final Namespace namespace;
  final SmallDisk disk;
  final Map<String, FalseClock> clocks = new LinkedHashMap<>();
  final Map<String, Link> links = new LinkedHashMap<>();
  final Map<String, Role> services = new LinkedHashMap<>();
  final Map<String, Role> applications = new LinkedHashMap<>();
  final Map<String, WorkerRole> workers = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  Role broker;
  private Child oracle;

  Field(Installation installation, Children children, Path dir, long seed)
      throws IOException, InterruptedException {
    this.installation = installation;
    this.children = children;
    this.dir = dir;
    this.seeds = new Random(seed);
    this.namespace = Namespace.open();
    this.disk = SmallDisk.mount(state(AWAY));
    Path library = FalseClock.compile(dir);
    if (library == null) return;
    for (String name : List.of("east", "worker-" + AWAY)) {
      clocks.put(name, FalseClock.of(library, dir.resolve(name + ".clock")));
    }
  }

  /** In this order: a worker counts from zero only those applications that start after it. */
  void start() throws IOException, InterruptedException {
    for (String each : SERVICES) startService(each);
    startBroker();
    for (String each : SERVICES) startWorker(each);
    for (WorkerRole each : workers.values()) each.role().ready();
    startApplication("west", false);
    startApplication("east", true);
    for (Role each : applications.values()) each.ready();
    List<String> command = java(List.of(), "io.zibrato.chaos.oracle.OracleMain");
    command.add(dir.toString());
    command.addAll(SERVICES);
    oracle = children.start("oracle", dir, "^:ready", command);
    oracle.ready();
  }

  private void startService(String name) throws IOException, InterruptedException {
    String key = "service-" + name;
    boolean idempotent = !name.equals(AWAY);
    Role role =
        role(
            key,
            "service listening on port (\\d+)",
            run ->
                with(
                    java(List.of(), "io.zibrato.chaos.service.ServiceMain"),
                    port(key),
                    dir.resolve(name + ".journal").toString(),
                    Boolean.toString(idempotent)));
    services.put(name, role);
    role.start();
    ports.put(key, Integer.valueOf(role.ready().group(1)));
    link(key, ports.get(key), Link.Data.UNCHECKED);
  }

  private void startBroker() throws IOException, InterruptedException {
    broker =
        role(
            "broker",
            "broker listening on \\S+:(\\d+) \\(publishers\\) and \\S+:(\\d+) \\(workers\\)",
            run ->
                installation.java(
                    List.of(),
                    installation.broker(),
                    "--port",
                    port("broker"),
                    "--source",
                    "chaos"));
    broker.start();
    Matcher ready = broker.ready();
    ports.put("broker", Integer.valueOf(ready.group(1)));
    int workerPort = Integer.parseInt(ready.group(2));
    for (String each : List.of("west", "east")) {
      link(each, ports.get("broker"), Link.Data.TO_SERVER);
    }
    for (String each : SERVICES) link("worker-" + each, workerPort, Link.Data.TO_CLIENT);
  }

  private void link(String name, int port, Link.Data data) throws IOException {
    links.put(name, Link.open(name, port, data, seeds.nextLong()));
  }

  private void startWorker(String name) throws IOException {
    String key = "worker-" + name;
    String host = host(name.equals(AWAY));
    List<String> args =
        List.of(
            "--host",
            host,
            "--port",
            Integer.toString(links.get(key).port()),
            "--url",
            "http://" + host + ':' + links.get("service-" + name).port(),
            "--username",
            "chaos",
            "--apitoken",
            "chaos",
            "--levels",
            "info",
            "--flush",
            "0.5",
            "--timeout",
            "2",
            "--retry-max",
            "2",
            "--spool-max-mb",
            "16",
            "--state",
            state(name).toString());
    WorkerRole worker = new WorkerRole(installation, state(name), args);
    Role role = role(key, "worker for librato connected", run -> placed(key, worker.command()));
    worker.is(role);
    workers.put(name, worker);
    role.start();
  }

  private void startApplication(String name, boolean away) throws IOException {
    Role role = role(name, "application at work", run -> application(name, run, away));
    applications.put(name, role);
    role.start();
  }

  private List<String> application(String name, int run, boolean away) throws IOException {
    String source = name + '-' + run;
    List<String> settings =
        List.of(
            "-Dzibrato.host=" + host(away),
            "-Dzibrato.port=" + links.get(name).port(),
            "-Dzibrato.source=" + source,
            "-Dzibrato.publish-interval=" + Chaos.PUBLISH_MILLIS + "ms");
    List<String> command = java(settings, "io.zibrato.chaos.load.LoadMain");
    return placed(name, with(command, dir.resolve(source + ".totals").toString()));
  }

  /** In the namespace and with the clock that it is to have. */
  private List<String> placed(String name, List<String> command) {
    List<String> whole = new ArrayList<>();
    boolean away = name.equals("east") || name.equals("worker-" + AWAY);
    if (away && namespace != null) whole.addAll(namespace.prefix());
    if (clocks.containsKey(name)) whole.addAll(clocks.get(name).prefix());
    whole.addAll(command);
    return whole;
  }

  private String host(boolean away) {
    return away && namespace != null ? namespace.host() : LOOPBACK;
  }

  private Role role(String name, String readyLine, Role.Command command) {
    return new Role(children, dir, name, readyLine, command);
  }

  private List<String> java(List<String> options, String main) throws IOException {
    return installation.java(options, List.of(WorkerRole.CHAOS), main);
  }

  private static List<String> with(List<String> command, String... args) {
    command.addAll(List.of(args));
    return command;
  }

  /** A free one at first, and the same one later. */
  private String port(String key) {
    return Integer.toString(ports.getOrDefault(key, 0));
  }

  private Path state(String service) {
    return dir.resolve("state-" + service);
  }

  List<Role> roles() {
    List<Role> roles = new ArrayList<>(services.values());
    roles.add(broker);
    for (WorkerRole each : workers.values()) roles.add(each.role());
    roles.addAll(applications.values());
    return roles;
  }

  /** Asks the oracle, and returns what begins its last line. */
  String ask(String question, long millis) throws IOException, InterruptedException {
    oracle.tell(question);
    return oracle.answer("^:(.*)", millis).group(1);
  }

  Child oracle() {
    return oracle;
  }

  /** Whether its totals' file is there, without which nothing of it may have been counted. */
  boolean counts(Role application) throws IOException {
    Path file = dir.resolve(application.runName() + ".totals");
    return Files.exists(file) && TotalsFile.read(file) != null;
  }

  /** Ends the applications as they should, and waits. */
  void stopApplications() throws IOException, InterruptedException {
    for (Role each : applications.values()) each.child().stopByInput();
  }

  /** Stops the workers, and keeps for the oracle what they say of themselves. */
  void stopWorkers() throws IOException, InterruptedException {
    for (Map.Entry<String, WorkerRole> each : workers.entrySet()) {
      each.getValue().role().child().stop();
      each.getValue().tell(dir.resolve(each.getKey() + ".spool"));
    }
  }

  @Override
  public void close() throws IOException {
    children.close();
    for (Link link : links.values()) link.close();
    if (disk != null) disk.close();
    if (namespace != null) namespace.close();
  }
}
