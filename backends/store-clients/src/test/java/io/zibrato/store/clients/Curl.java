package io.zibrato.store.clients;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@code curl} commands of the API's documentation as they stand there: of the text only host
 * and scheme are changed. What they are to print comes from a {@code .curlrc}.
 */
final class Curl {
  private static final String HOST = "https://metrics-api.librato.com";
  private static final String APPOPTICS = "https://api.appoptics.com";
  private static final long TIMEOUT_SECONDS = 60;

  private final Path dir;
  private final String url;
  private final Path head;
  private final Path body;

  Curl(Path dir, String url) throws IOException {
    this.dir = dir;
    this.url = url;
    head = dir.resolve("head.txt");
    body = dir.resolve("body.txt");
    Files.writeString(
        dir.resolve(".curlrc"),
        "silent\nshow-error\nmax-time = 30\ndump-header = \"%s\"\noutput = \"%s\"\nwrite-out = \"%%{http_code}\"\n"
            .formatted(head, body));
  }

  record Answer(int status, String head, String body) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    JsonArray array() {
      return JsonParser.parseString(body).getAsJsonArray();
    }

    /** The number at the end of the path that the answer says is new. */
    long id() {
      Matcher location = Pattern.compile("(?im)^Location: /v1/\\S*/([0-9]+)\\s*$").matcher(head);
      if (!location.find()) throw new AssertionError("no location of an id: " + this);
      return Long.parseLong(location.group(1));
    }
  }

  /** Runs the command with the right credentials in its variables. */
  Answer run(String command) throws IOException, InterruptedException {
    return run(command, RealStore.USER, RealStore.TOKEN);
  }

  Answer run(String command, String user, String token) throws IOException, InterruptedException {
    Files.deleteIfExists(head);
    Files.deleteIfExists(body);
    Path err = dir.resolve("curl.err");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command.replace(HOST, url).replace(APPOPTICS, url));
    builder
        .environment()
        .putAll(
            Map.of(
                "CURL_HOME", dir.toString(),
                "LIBRATO_USERNAME", user,
                "LIBRATO_TOKEN", token,
                "APPOPTICS_TOKEN", token));
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String status = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError(command + ": " + status + Files.readString(err));
    }
    return new Answer(Integer.parseInt(status), read(head), read(body));
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
