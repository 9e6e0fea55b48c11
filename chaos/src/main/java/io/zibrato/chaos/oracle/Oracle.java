package io.zibrato.chaos.oracle;

import io.zibrato.chaos.load.Measured;
import io.zibrato.chaos.load.TotalsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares. One thread. */
final class Oracle {
  private static final String SUFFIX = ".totals";
  private static final long LOOK_MILLIS = 50;

  private final Path dir;
  private final Map<String, Application> applications = new TreeMap<>();
  private final Map<String, Service> services = new LinkedHashMap<>();

  /**
   * @param dir holds the totals of all applications, and of each service the journal
   */
  Oracle(Path dir, List<String> services) {
    this.dir = dir;
    for (String name : services) {
      this.services.put(name, new Service(name, dir.resolve(name + ".journal")));
    }
  }

  Service service(String name) {
    return services.get(name);
  }

  Application application(String source) throws IOException {
    update();
    Application application = applications.get(source);
    if (application == null) throw new IOException("no application " + source);
    return application;
  }

  List<Service> services() {
    return List.copyOf(services.values());
  }

  List<Application> applications() {
    return List.copyOf(applications.values());
  }

  Path spool(Service service) {
    return dir.resolve(service.name + ".spool");
  }

  private void update() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) continue;
        String source = name.substring(0, name.length() - SUFFIX.length());
        if (applications.containsKey(source)) continue;
        TotalsFile totals = TotalsFile.read(file);
        if (totals != null) applications.put(source, new Application(source, totals));
      }
    }
    for (Service service : services.values()) service.delivered.update();
  }

  /**
   * Waits until all that the living applications have counted by now has arrived everywhere; at a
   * service whose worker's state was damaged, until anything does that was counted later.
   *
   * @return what has not arrived after that time; empty if all has
   */
  List<String> await(long millis) throws IOException, InterruptedException {
    update();
    List<Wanted> missing = wanted();
    long untilNanos = System.nanoTime() + millis * 1_000_000;
    while (!missing.isEmpty() && System.nanoTime() - untilNanos < 0) {
      Thread.sleep(LOOK_MILLIS);
      update();
      missing.removeIf(Wanted::isThere);
    }
    return missing.stream().map(Wanted::toString).toList();
  }

  private List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>();
    for (Application application : applications.values()) {
      if (application.isKilled()) continue;
      for (Measured measured : Measured.values()) {
        if (!measured.isExact()) continue;
        for (Service service : services.values()) {
          long now = service.delivered.once(application.source, measured);
          long all = application.most(measured);
          boolean behind = now < all;
          if (behind)
            wanted.add(
                new Wanted(
                    service, application.source, measured, service.isDamaged() ? now + 1 : all));
        }
      }
    }
    return wanted;
  }

  private record Wanted(Service service, String source, Measured measured, long amount) {
    boolean isThere() {
      return service.delivered.once(source, measured) >= amount;
    }

    @Override
    public String toString() {
      return measured
          + " of "
          + source
          + " at service "
          + service.name
          + ": "
          + service.delivered.once(source, measured)
          + " of "
          + amount;
    }
  }
}
