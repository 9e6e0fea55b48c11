package io.zibrato.agent;

import java.security.ProtectionDomain;
import org.aspectj.weaver.loadtime.Aj;

/** AspectJ's weaver. A class apart, so that nothing of AspectJ is loaded before it is needed. */
final class Weaving {
  static {
    WeaverStart.prepare();
  }

  private Weaving() {}

  static byte[] weave(
      ClassLoader loader,
      String name,
      boolean redefined,
      ProtectionDomain domain,
      byte[] bytes,
      WeaveConfig config,
      WeaveReport report) {
    Aj weaver = new Aj(new AspectDefinitions(loader, config, report));
    if (redefined) weaver.prepareForRedefinition(loader, name);
    return weaver.preProcess(name, bytes, loader, domain);
  }
}
