package io.zibrato.inspect;

import io.zibrato.daemon.Command;
import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the classes of some jars and folders. Twice: what annotations of the user's own carry
 * has to be known before any class can be judged, and not all classes need to be in memory at once.
 */
final class Inspection {
  private final Types types = new Types();
  private final List<Site> sites = new ArrayList<>();
  private final Map<String, Warning> unreadable = new LinkedHashMap<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final Command.Asked asked;

  private Inspection(Command.Asked asked) {
    this.asked = asked;
  }

  /**
   * @param classPath what is only looked up in, not inspected
   * @param asked ends the inspection with an exception
   * @throws UsageException naming a path where there is no folder or jar
   */
  static Findings of(List<String> paths, List<String> classPath, Command.Asked asked)
      throws IOException, UsageException {
    Inspection inspection = new Inspection(asked);
    for (String path : paths) ClassFiles.each(path, inspection::learn);
    for (String path : classPath) ClassFiles.each(path, inspection::learn);
    for (String path : paths) ClassFiles.each(path, inspection::scan);
    return inspection.findings();
  }

  private void learn(ClassFile file) throws IOException {
    try {
      types.add(file);
    } catch (RuntimeException e) {
      // ASM throws whichever a broken class leads to. It is said once the file is scanned.
    }
    checkAsked();
  }

  private void scan(ClassFile file) throws IOException {
    try {
      ClassScan.scan(file, types, sites, warnings);
    } catch (RuntimeException e) {
      String place = file.origin() + '/' + file.path();
      unreadable.put(place, new Warning(Concern.UNREADABLE, place, "cannot be read: " + e));
    }
    checkAsked();
  }

  private void checkAsked() throws IOException {
    try {
      if (!asked.await(0)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new InterruptedIOException("asked to stop before all was inspected");
  }

  private Findings findings() {
    for (Site site : sites) SiteWarnings.add(site, warnings);
    NameWarnings.add(sites, warnings);
    warnings.addAll(unreadable.values());
    return new Findings(List.copyOf(sites), List.copyOf(warnings));
  }
}
