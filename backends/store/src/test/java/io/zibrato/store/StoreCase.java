package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store that asks for no credentials and keeps all, and a client of it. */
abstract class StoreCase {
  static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  @TempDir Path dir;
  Store store;
  Http http;

  @BeforeEach
  void open() throws Exception {
    store = open(new StoreOptions(InetAddress.getLoopbackAddress(), 0, dir, Optional.empty()));
    http = new Http(store.uri());
  }

  /** With a clock of its own, perhaps. */
  Store open(StoreOptions options) throws Exception {
    return Store.open(options);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  /** JSON that is written with ' for its quotes, and with ^ for those within a text. */
  static String json(String quotes) {
    return quotes.replace('\'', '"').replace("^", "\\\"");
  }

  /** With a body as {@link #json} takes it, or none. */
  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return body == null
        ? http.send(method, path, null, null)
        : http.send(method, path, JSON, json(body));
  }

  int delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, null).statusCode();
  }

  /** Of what was created. */
  static long id(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return JsonParser.parseString(response.body()).getAsJsonObject().get("id").getAsLong();
  }
}
