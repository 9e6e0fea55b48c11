package io.zibrato.store.clients;

import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.LibratoClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our own client against the store. {@code OperationsTest} sees to it that the suites that extend
 * this call every operation there is.
 */
abstract class ClientSuite {
  static final long TIME = 1_700_000_040;

  @TempDir Path dir;
  RealStore store;
  LibratoClient client;

  @BeforeEach
  void startStore() throws Exception {
    store = RealStore.start(dir);
    client = builder().build();
  }

  @AfterEach
  void stopStore() {
    client.close();
    store.close();
  }

  /** With the right credentials, and patience for a store that is being started. */
  LibratoClientBuilder builder() {
    return LibratoClient.builder()
        .url(store.url())
        .credentials(RealStore.USER, RealStore.TOKEN)
        .timeout(Duration.ofSeconds(30));
  }
}
