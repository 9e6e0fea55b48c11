package io.zibrato.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A headless browser that is driven over its DevTools protocol. */
final class Browser implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static final long TIMEOUT_SECONDS = 60;
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonObject>> listeners = new ConcurrentHashMap<>();

  private Browser(Process process, URI address) {
    this.process = process;
    socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Reader()).join();
  }

  static Browser start(Path dir) throws IOException {
    final Path log = Files.createTempFile(dir, "chromium", ".txt");
    final Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + Files.createTempDirectory(dir, "profile"),
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
    final Matcher matcher =
        Awaitility.await()
            .atMost(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .until(
                () -> LISTENING.matcher(Files.readString(log, StandardCharsets.ISO_8859_1)),
                Matcher::find);
    return new Browser(process, URI.create(matcher.group(1)));
  }

  /** A page of its own, with its own storage. */
  Tab open(String url) {
    final JsonObject none = new JsonObject();
    final String context =
        call(null, "Target.createBrowserContext", none).get("browserContextId").getAsString();
    final JsonObject target = object("url", "about:blank");
    target.addProperty("browserContextId", context);
    final JsonObject attach =
        object("targetId", call(null, "Target.createTarget", target).get("targetId").getAsString());
    attach.addProperty("flatten", true);
    final String session =
        call(null, "Target.attachToTarget", attach).get("sessionId").getAsString();
    final Tab tab = new Tab(session);
    listeners.put(session, tab::hear);
    tab.start(url);
    return tab;
  }

  private JsonObject call(String session, String method, JsonObject params) {
    final int id = ids.incrementAndGet();
    final CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    final JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", params);
    if (session != null) {
      message.addProperty("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    final JsonObject said = answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    if (said.has("error")) {
      throw new AssertionError(method + ": " + said.get("error"));
    }
    return said.getAsJsonObject("result");
  }

  private static JsonObject object(String name, String value) {
    final JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return json;
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Takes answers to who waits for them, and events to their tab. */
  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        final JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        take(message);
      }
      from.request(1);
      return null;
    }

    private void take(JsonObject message) {
      if (message.has("id")) {
        waiting.remove(message.get("id").getAsInt()).complete(message);
      } else if (message.has("sessionId")) {
        final Consumer<JsonObject> listener = listeners.get(message.get("sessionId").getAsString());
        if (listener != null) {
          listener.accept(message);
        }
      }
    }
  }

  /** One page. */
  final class Tab {
    private final String session;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Tab(String session) {
      this.session = session;
    }

    private JsonObject call(String method, JsonObject params) {
      return Browser.this.call(session, method, params);
    }

    private void start(String url) {
      for (final String domain : List.of("Page", "Runtime", "Network", "Log")) {
        call(domain + ".enable", new JsonObject());
      }
      size(1280, 800);
      go(url);
    }

    private void hear(JsonObject message) {
      final JsonObject params = message.getAsJsonObject("params");
      switch (message.get("method").getAsString()) {
        case "Network.requestWillBeSent" ->
            requests.add(params.getAsJsonObject("request").get("url").getAsString());
        case "Runtime.exceptionThrown" -> complaints.add(params.get("exceptionDetails").toString());
        case "Log.entryAdded" -> complaints.add(params.get("entry").toString());
        case "Runtime.consoleAPICalled" -> complaints.add(params.get("args").toString());
        default -> {}
      }
    }

    void go(String url) {
      call("Page.navigate", object("url", url));
    }

    void size(int width, int height) {
      final JsonObject metrics = new JsonObject();
      metrics.addProperty("width", width);
      metrics.addProperty("height", height);
      metrics.addProperty("deviceScaleFactor", 1);
      metrics.addProperty("mobile", width < 600);
      call("Emulation.setDeviceMetricsOverride", metrics);
    }

    void prefersDark(boolean dark) {
      final JsonObject feature = object("name", "prefers-color-scheme");
      feature.addProperty("value", dark ? "dark" : "light");
      final JsonArray features = new JsonArray();
      features.add(feature);
      final JsonObject media = new JsonObject();
      media.add("features", features);
      call("Emulation.setEmulatedMedia", media);
    }

    /** The value of an expression, awaited if it is a promise. */
    JsonElement eval(String expression) {
      final JsonObject params = object("expression", expression);
      params.addProperty("awaitPromise", true);
      params.addProperty("returnByValue", true);
      final JsonObject answer = call("Runtime.evaluate", params);
      if (answer.has("exceptionDetails")) {
        throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
      }
      return answer.getAsJsonObject("result").get("value");
    }

    String text(String expression) {
      final JsonElement value = eval(expression);
      return value == null || value.isJsonNull() ? null : value.getAsString();
    }

    /** The text of the first element that the selector finds. */
    String textOf(String selector) {
      return text("document.querySelector(" + quoted(selector) + ").textContent");
    }

    /** Waits until an expression is true. */
    Tab until(String expression) {
      Awaitility.await(expression)
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(
              () -> {
                final JsonElement value = eval("Boolean(" + expression + ")");
                if (!value.getAsBoolean()) {
                  throw new AssertionError(
                      "not so: "
                          + expression
                          + "; the page says "
                          + eval("document.body.innerText"));
                }
              });
      return this;
    }

    void click(String selector) {
      eval("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Presses and lets go of a key, such as {@code a}, {@code Enter} or {@code ArrowDown}. */
    void press(String key) {
      final JsonObject down = object("type", key.length() == 1 ? "keyDown" : "rawKeyDown");
      down.addProperty("key", key);
      if (key.length() == 1) {
        down.addProperty("text", key);
      }
      final Integer code = CODES.get(key);
      if (code != null) {
        down.addProperty("windowsVirtualKeyCode", code);
        if (key.equals("Enter")) {
          down.addProperty("type", "keyDown");
          down.addProperty("text", "\r");
        }
      }
      call("Input.dispatchKeyEvent", down);
      final JsonObject up = object("type", "keyUp");
      up.addProperty("key", key);
      call("Input.dispatchKeyEvent", up);
    }

    void type(String text) {
      call("Input.insertText", object("text", text));
    }

    void mouse(String type, double x, double y, int buttons) {
      final JsonObject event = object("type", type);
      event.addProperty("x", x);
      event.addProperty("y", y);
      event.addProperty("button", buttons == 0 && type.equals("mouseMoved") ? "none" : "left");
      event.addProperty("buttons", buttons);
      event.addProperty("clickCount", 1);
      call("Input.dispatchMouseEvent", event);
    }

    /** The accessibility tree's nodes. */
    List<JsonObject> accessible() {
      call("Accessibility.enable", new JsonObject());
      final List<JsonObject> nodes = new ArrayList<>();
      call("Accessibility.getFullAXTree", new JsonObject())
          .getAsJsonArray("nodes")
          .forEach(node -> nodes.add(node.getAsJsonObject()));
      return nodes;
    }

    byte[] screenshot() {
      final JsonObject params = object("format", "png");
      final String data = call("Page.captureScreenshot", params).get("data").getAsString();
      return Base64.getDecoder().decode(data);
    }

    List<String> requests() {
      return List.copyOf(requests);
    }

    /** What the browser had to say: errors, warnings, refusals. */
    List<String> complaints() {
      return List.copyOf(complaints);
    }
  }

  private static final Map<String, Integer> CODES =
      Map.of(
          "Enter",
          13,
          "Escape",
          27,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40,
          "Home",
          36,
          "End",
          35,
          "Tab",
          9,
          " ",
          32);

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }
}
