package io.zibrato.broker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads the health page. */
final class HealthClient implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  HealthClient(int port) {
    this.port = port;
  }

  HttpResponse<String> send(String method, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonObject page() {
    return JsonParser.parseString(send("GET", "/health").body()).getAsJsonObject();
  }

  long refused(String cause) {
    return page().getAsJsonObject("refused").get(cause).getAsLong();
  }

  long dropped(String cause) {
    return page().getAsJsonObject("dropped").get(cause).getAsLong();
  }

  /** 0 for a level that was never seen. */
  long traffic(String level, String what) {
    JsonElement traffic = page().getAsJsonObject("levels").get(level);
    return traffic == null ? 0 : traffic.getAsJsonObject().get(what).getAsLong();
  }

  @Override
  public void close() {}
}
