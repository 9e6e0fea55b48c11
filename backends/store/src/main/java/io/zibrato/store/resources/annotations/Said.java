package io.zibrato.store.resources.annotations;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Problems;
import io.zibrato.store.resources.Members;
import java.util.HashSet;
import java.util.Set;

/** What a request says of an event; null where it says nothing. */
record Said(
    String title,
    String source,
    String description,
    JsonArray links,
    Long startTime,
    Long endTime) {
  /** 2100-01-01: a later time is a mistake of unit. */
  static final long MAX_TIME = 4_102_444_800L;

  static final int MAX_LINKS = 50;

  private static final int MAX_TITLE = 1024;
  private static final int MAX_DESCRIPTION = 16_384;
  private static final int MAX_SHORT_TEXT = 255;

  static Said of(JsonObject body) throws ApiError {
    final Problems problems = new Problems();
    final Members said = new Members(body, problems);
    final String source = said.name("source");
    final Said event =
        new Said(
            said.filled("title").text("title", MAX_TITLE),
            "unassigned".equalsIgnoreCase(source) ? null : source,
            said.text("description", MAX_DESCRIPTION),
            links(said),
            said.whole("start_time", 0, MAX_TIME),
            said.whole("end_time", 0, MAX_TIME));
    problems.throwIfAny();
    return event;
  }

  static JsonObject link(JsonObject body) throws ApiError {
    final Problems problems = new Problems();
    final JsonObject link = link(new Members(body, problems));
    problems.throwIfAny();
    return link;
  }

  private static JsonArray links(Members said) {
    if (!said.has("links")) {
      return null;
    }
    final JsonArray links = new JsonArray();
    final Set<String> rels = new HashSet<>();
    for (final Members each : said.hashes("links", MAX_LINKS)) {
      final JsonObject link = link(each);
      links.add(link);
      if (!link.get("rel").isJsonNull() && !rels.add(link.get("rel").getAsString())) {
        each.problem("rel", "is that of another link");
      }
    }
    return links;
  }

  private static JsonObject link(Members said) {
    said.require("rel", "href");
    final JsonObject link = new JsonObject();
    link.addProperty("rel", said.name("rel"));
    link.addProperty("label", said.text("label", MAX_SHORT_TEXT));
    link.addProperty("href", said.url("href"));
    return link;
  }

  Event event(long nowSeconds) throws ApiError {
    if (title == null) {
      throw ApiError.param("title", "is not present");
    }
    final long start = startTime == null ? nowSeconds : startTime;
    final JsonArray all = links == null ? new JsonArray() : links;
    return checked(new Event(0, title, source, description, all, start, endTime));
  }

  /** What is not said stays. */
  Event onto(Event event) throws ApiError {
    return checked(
        new Event(
            event.id(),
            title == null ? event.title() : title,
            source == null ? event.source() : source,
            description == null ? event.description() : description,
            links == null ? event.links() : links,
            startTime == null ? event.startTime() : startTime,
            endTime == null ? event.endTime() : endTime));
  }

  private static Event checked(Event event) throws ApiError {
    if (event.endTime() != null && event.endTime() < event.startTime()) {
      throw ApiError.param("end_time", "is before start_time");
    }
    return event;
  }
}
