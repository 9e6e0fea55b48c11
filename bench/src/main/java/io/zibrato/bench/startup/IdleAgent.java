package io.zibrato.bench.startup;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * An agent that is handed each class and leaves it alone unseen: what the JVM itself takes for any
 * agent that may change classes, and so the least that ours can cost. The only class of ours in the
 * application that is measured.
 */
public final class IdleAgent implements ClassFileTransformer {
  private IdleAgent() {}

  public static void premain(String args, Instrumentation instrumentation) {
    instrumentation.addTransformer(new IdleAgent());
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
    return null;
  }
}
