package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.transport.CurveKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of keys as {@code keygen} makes it. */
record KeyFolder(Path dir) {
  static KeyFolder make(Path dir) {
    keygen(dir.toString());
    return new KeyFolder(dir);
  }

  KeyFolder add(String client) {
    keygen(dir.toString(), "--client", client);
    return this;
  }

  private static void keygen(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "keygen";
    System.arraycopy(args, 0, all, 1, args.length);
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    assertThat(BrokerMain.run(all, nowhere, System.err)).isZero();
  }

  Path broker() {
    return dir.resolve("broker");
  }

  Path client(String name) {
    return dir.resolve(name);
  }

  CurveKeys keys(String client) throws IOException {
    return CurveKeys.ofClient(client(client));
  }

  Path allowed(String client) {
    return broker().resolve("clients").resolve(client + ".key");
  }

  /** Takes the client from the list. */
  void remove(String client) throws IOException {
    Files.delete(allowed(client));
  }
}
