package io.zibrato.inspect;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;

/**
 * Findings for programs: one object. {@code source} is missing where the setting {@code
 * zibrato.source} decides; {@code woven} is {@code yes}, {@code no} or {@code never}.
 */
final class JsonReport {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private JsonReport() {}

  static void print(Findings findings, PrintStream out) {
    JsonArray sites = new JsonArray();
    for (Site site : findings.sites()) sites.add(json(site));
    JsonArray warnings = new JsonArray();
    for (Warning warning : findings.warnings()) warnings.add(json(warning));
    JsonObject all = new JsonObject();
    all.addProperty("annotated", findings.annotated());
    all.addProperty("woven", findings.of(Woven.YES));
    all.addProperty("unwoven", findings.of(Woven.NO));
    all.add("sites", sites);
    all.add("warnings", warnings);
    out.println(GSON.toJson(all));
    out.flush();
  }

  private static JsonObject json(Site site) {
    Asked asked = site.asked();
    JsonObject json = new JsonObject();
    json.addProperty("path", site.origin());
    json.addProperty("class", site.type());
    json.addProperty("member", site.member());
    json.addProperty("woven", site.woven().word());
    json.addProperty("type", NameWarnings.word(asked.kind().type));
    json.addProperty("level", asked.level());
    json.addProperty("name", site.name());
    if (!site.source().isEmpty()) json.addProperty("source", site.source());
    JsonObject tags = new JsonObject();
    site.tags().forEach(tags::addProperty);
    json.add("tags", tags);
    if (asked.kind() == Kind.COUNT) {
      json.addProperty("value", asked.value());
      json.addProperty("on", asked.on());
    }
    if (asked.kind() == Kind.TIME) json.addProperty("sample", asked.sample());
    return json;
  }

  private static JsonObject json(Warning warning) {
    JsonObject json = new JsonObject();
    json.addProperty("concern", warning.concern().word());
    json.addProperty("place", warning.place());
    json.addProperty("message", warning.message());
    return json;
  }
}
