package io.zibrato.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/**
 * Hands a class that is being loaded to AspectJ's weaver, if it can concern us. The weaver itself
 * starts with the first such class.
 */
final class WeavingTransformer implements ClassFileTransformer {
  private final WeaveConfig config;
  private final WeaveReport report;
  private final Candidates candidates;

  WeavingTransformer(WeaveConfig config, WeaveReport report) {
    this.config = config;
    this.report = report;
    candidates = new Candidates(config.needs());
  }

  /** Null leaves the class as it is; so does any fault of ours, which is counted. */
  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
    if (loader == null || name == null) return null;
    try {
      if (!candidates.concern(loader, name, bytes)) return null;
      report.expect();
      byte[] woven = Weaving.weave(loader, name, redefined != null, domain, bytes, config, report);
      if (woven != null) report.done(name.replace('/', '.'));
      return woven;
    } catch (Throwable e) {
      report.error(name + " is not woven: " + e);
      return null;
    }
  }
}
