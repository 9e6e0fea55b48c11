package io.zibrato.store.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store, and {@code curl}. */
abstract class CurlCase {
  @TempDir private Path dir;
  RealStore store;
  Curl curl;

  @BeforeAll
  static void tools() {
    Tool.require("curl");
  }

  @BeforeEach
  void start() throws Exception {
    store = RealStore.start(dir);
    curl = new Curl(dir, store.url());
  }

  @AfterEach
  void stop() {
    store.close();
  }
}
