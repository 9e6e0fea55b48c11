package io.zibrato.store.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a request, by parameter, up to a limit. */
public final class Problems {
  private static final int MAX = 10;

  private final Map<String, List<String>> messages = new LinkedHashMap<>();
  private int count;

  public void add(String parameter, String message) {
    count++;
    final List<String> said = messages.computeIfAbsent(parameter, p -> new ArrayList<>());
    if (!said.contains(message)) {
      said.add(message);
    }
  }

  /** Also names the metric, so that a client can tell which measurement of many was meant. */
  public void add(String parameter, String message, String metric) {
    add(parameter, message);
    if (!parameter.equals("name") && !metric.isEmpty()) {
      messages.computeIfAbsent("name", p -> new ArrayList<>());
      if (!messages.get("name").contains(metric)) {
        messages.get("name").add(metric);
      }
    }
  }

  public boolean many() {
    return count >= MAX;
  }

  public void throwIfAny() throws ApiError {
    if (count > 0) {
      throw ApiError.params(messages);
    }
  }
}
