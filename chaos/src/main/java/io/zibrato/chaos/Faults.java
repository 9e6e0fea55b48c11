package io.zibrato.chaos;

import io.zibrato.chaos.kill.KillPoint;
import io.zibrato.chaos.kill.Step;
import io.zibrato.chaos.service.Mood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Draws faults at random, of all the kinds that can be had here. */
final class Faults {
  private static final int MOST_KILL_TIMES = 6;
  private static final long ORACLE_MILLIS = 10_000;
  private static final long[] CLOCK_STEPS = {-3600, -60, -2, 2, 60, 3600, 86_400};

  private final Field field;
  private final Random random;
  private final LongSupplier wellUntilNanos;
  private final Map<String, Supplier<Fault>> kinds = new LinkedHashMap<>();

  /**
   * @param wellUntilNanos until when nothing was wrong
   */
  Faults(Field field, Random random, LongSupplier wellUntilNanos) {
    this.field = field;
    this.random = random;
    this.wellUntilNanos = wellUntilNanos;
    kinds.put("kill-application", this::killApplication);
    kinds.put("kill-broker", () -> kill("kill-broker", field.broker));
    kinds.put("kill-worker", () -> kill("kill-worker", worker().role()));
    kinds.put("kill-at-step", this::killAtStep);
    kinds.put("kill-service", () -> kill("kill-service", any(field.services)));
    kinds.put("stop", this::stop);
    if (field.namespace != null) kinds.put("partition", this::partition);
    kinds.put("link", this::link);
    kinds.put("service", this::service);
    if (field.disk != null) kinds.put("disk-full", this::diskFull);
    kinds.put("damage", this::damage);
    if (!field.clocks.isEmpty()) kinds.put("clock", this::clock);
  }

  /** All that there may be; the others need root, or a C compiler. */
  static final List<String> ALL =
      List.of(
          "kill-application",
          "kill-broker",
          "kill-worker",
          "kill-at-step",
          "kill-service",
          "stop",
          "partition",
          "link",
          "service",
          "disk-full",
          "damage",
          "clock");

  /** Those that can be had here. */
  Set<String> kinds() {
    return kinds.keySet();
  }

  Fault draw(List<String> among) {
    return kinds.get(among.get(random.nextInt(among.size()))).get();
  }

  private <T> T any(Map<String, T> map) {
    List<T> all = new ArrayList<>(map.values());
    return all.get(random.nextInt(all.size()));
  }

  private WorkerRole worker() {
    return any(field.workers);
  }

  private static Fault fault(
      String kind, String name, String touches, Fault.Action begin, Fault.Action end) {
    return new Fault(kind, name, Set.of(touches), begin, end);
  }

  private static Fault kill(String kind, Role role) {
    return fault(kind, "kill " + role.name(), role.name(), role::kill, role::start);
  }

  private Fault killApplication() {
    Role role = any(field.applications);
    return fault(
        "kill-application",
        "kill " + role.name(),
        role.name(),
        () -> {
          long well = wellUntilNanos.getAsLong();
          boolean counts = field.counts(role);
          role.kill();
          long sure = well - Chaos.SURE_MILLIS * 1_000_000;
          if (counts) field.ask("killed " + role.runName() + ' ' + sure, ORACLE_MILLIS);
        },
        role::start);
  }

  private Fault killAtStep() {
    WorkerRole worker = worker();
    Role role = worker.role();
    Step step = Step.values()[random.nextInt(Step.values().length)];
    int times = 1 + random.nextInt(MOST_KILL_TIMES);
    return fault(
        "kill-at-step",
        role.name() + " dies at " + step + " number " + times,
        role.name(),
        () -> {
          role.kill();
          worker.dieAt(step, times);
          role.start();
          role.child().mayEnd();
        },
        () -> {
          boolean reached = role.child().awaitEnd(Chaos.STEP_MILLIS);
          boolean failed = reached && role.child().exitCode() != KillPoint.KILLED;
          if (failed && !role.mayFail()) {
            throw new IOException(role.runName() + " ended with " + role.child().exitCode());
          }
          if (!reached) role.kill();
          role.start();
        });
  }

  private Fault stop() {
    List<Role> roles = field.roles();
    Role role = roles.get(random.nextInt(roles.size()));
    return fault(
        "stop",
        "stop " + role.name(),
        role.name(),
        () -> role.signal("STOP"),
        () -> role.signal("CONT"));
  }

  private Fault partition() {
    boolean atOurEnd = random.nextBoolean();
    return fault(
        "partition",
        "partition, east and worker b from the others, " + (atOurEnd ? "our end" : "their end"),
        "namespace",
        () -> field.namespace.pull(atOurEnd, true),
        () -> field.namespace.pull(atOurEnd, false));
  }

  private Fault link() {
    List<String> names = new ArrayList<>(field.links.keySet());
    String name = names.get(random.nextInt(names.size()));
    Link link = field.links.get(name);
    Link.Mode mode = Link.Mode.values()[1 + random.nextInt(Link.Mode.values().length - 1)];
    return fault(
        "link",
        "link of " + name + ' ' + mode,
        "link " + name,
        () -> link.mode(mode),
        () -> link.mode(Link.Mode.GOOD));
  }

  private Fault service() {
    Role role = any(field.services);
    Mood mood = Mood.values()[1 + random.nextInt(Mood.values().length - 1)];
    return fault(
        "service",
        role.name() + ' ' + mood,
        role.name(),
        () -> role.child().tell(mood.name()),
        () -> role.child().tell(Mood.GOOD.name()));
  }

  private Fault diskFull() {
    Role worker = field.workers.get("b").role();
    return fault(
        "disk-full",
        "worker b's disk is full",
        "disk",
        () -> {
          worker.mayFail(true); // should it have to start meanwhile
          field.disk.fill();
        },
        () -> {
          field.disk.empty();
          worker.mayFail(false);
        });
  }

  private Fault damage() {
    WorkerRole worker = field.workers.get("c");
    return fault(
        "damage",
        "worker c's state is damaged",
        worker.role().name(),
        () -> {
          // Not killed: what SQLite has in its log is checked there, and what is damaged of it is
          // as if it had
          // never been written, which nobody could tell from the truth.
          worker.role().child().stop();
          worker.damage(random);
          field.ask("damaged c", ORACLE_MILLIS);
        },
        worker.role()::start);
  }

  private Fault clock() {
    List<String> names = new ArrayList<>(field.clocks.keySet());
    String name = names.get(random.nextInt(names.size()));
    long seconds = CLOCK_STEPS[random.nextInt(CLOCK_STEPS.length)];
    FalseClock clock = field.clocks.get(name);
    return fault(
        "clock",
        "clock of " + name + ' ' + (seconds > 0 ? "+" : "") + seconds + " s",
        "clock " + name,
        () -> clock.ahead(seconds),
        () -> clock.ahead(0));
  }
}
