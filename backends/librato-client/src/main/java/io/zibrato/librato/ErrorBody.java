package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes one line of every shape that an error of the API takes. */
final class ErrorBody {
  private static final int MAX_CHARS = 1024;
  private static final int MAX_DEPTH = 16;

  private ErrorBody() {}

  /**
   * What the body says, each message after the names that lead to it: {@code params: name: is not
   * present, params: value: is not a number}. Text that is no JSON stands as it is.
   */
  static String flatten(String body) {
    String text = body.strip();
    if (text.isEmpty()) return "no reason given";
    String said = said(text);
    String line = (said.isEmpty() ? text : said).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > MAX_CHARS ? line.substring(0, MAX_CHARS) + "..." : line;
  }

  private static String said(String text) {
    try {
      JsonElement json = JsonParser.parseString(text);
      List<String> messages = new ArrayList<>();
      collect("", reason(json), 0, messages);
      return String.join(", ", messages);
    } catch (JsonParseException | StackOverflowError e) {
      return ""; // plain text, or a page of some proxy
    }
  }

  private static JsonElement reason(JsonElement json) {
    if (json instanceof JsonObject object) {
      for (String member : List.of("errors", "error", "message")) {
        if (object.has(member) && !object.get(member).isJsonNull()) return object.get(member);
      }
    }
    return json;
  }

  private static void collect(String path, JsonElement at, int depth, List<String> messages) {
    if (depth > MAX_DEPTH || at.isJsonNull()) return;
    if (at.isJsonPrimitive()) {
      messages.add(path + at.getAsString());
    } else if (at.isJsonArray()) {
      at.getAsJsonArray().forEach(each -> collect(path, each, depth + 1, messages));
    } else {
      for (Map.Entry<String, JsonElement> each : at.getAsJsonObject().entrySet()) {
        collect(path + each.getKey() + ": ", each.getValue(), depth + 1, messages);
      }
    }
  }
}
