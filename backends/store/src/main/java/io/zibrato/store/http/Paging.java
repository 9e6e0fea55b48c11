package io.zibrato.store.http;

import com.google.gson.JsonObject;

/**
 * Which part of a list is asked for: {@code offset}, {@code length} (at most {@value #MAX_LENGTH},
 * the default), {@code orderby} and {@code sort}.
 */
public record Paging(long offset, long length, boolean descending) {
  private static final int MAX_LENGTH = 100;

  /**
   * Reads a request's parameters.
   *
   * @param order the one thing that the list can be ordered by
   */
  public static Paging of(Call call, String order) throws ApiError {
    if (!call.text("orderby", order).equals(order)) {
      throw ApiError.param("orderby", "must be " + order);
    }
    final String sort = call.text("sort", "asc");
    if (!sort.equals("asc") && !sort.equals("desc")) {
      throw ApiError.param("sort", "must be asc or desc");
    }
    return new Paging(
        call.number("offset", 0, 0, Integer.MAX_VALUE),
        call.number("length", MAX_LENGTH, 1, MAX_LENGTH),
        sort.equals("desc"));
  }

  /**
   * The member {@code query} of the answer.
   *
   * @param listed how many are in this answer
   * @param found how many match
   * @param total how many there are
   */
  public JsonObject json(long listed, long found, long total) {
    final JsonObject json = new JsonObject();
    json.addProperty("found", found);
    json.addProperty("length", listed);
    json.addProperty("offset", offset);
    json.addProperty("total", total);
    return json;
  }
}
