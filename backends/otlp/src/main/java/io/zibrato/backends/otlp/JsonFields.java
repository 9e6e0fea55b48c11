package io.zibrato.backends.otlp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message in OTLP's JSON: names in camel case, numbers of 64 bits as texts, enums as numbers. */
final class JsonFields implements Fields {
  private final JsonObject object = new JsonObject();

  static byte[] encode(Message message) {
    return object(message).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonElement object(Message message) {
    JsonFields fields = new JsonFields();
    message.write(fields);
    return fields.object;
  }

  @Override
  public void text(int number, String name, String value) {
    object.addProperty(name, value);
  }

  @Override
  public void choice(int number, String name, int value) {
    object.addProperty(name, value);
  }

  @Override
  public void flag(int number, String name, boolean value) {
    object.addProperty(name, value);
  }

  @Override
  public void fixed(int number, String name, long value) {
    object.addProperty(name, Long.toString(value));
  }

  @Override
  public void real(int number, String name, double value) {
    object.addProperty(name, value);
  }

  @Override
  public void signed(int number, String name, int value) {
    object.addProperty(name, value);
  }

  @Override
  public void counts(int number, String name, long[] values) {
    JsonArray array = new JsonArray(values.length);
    for (long value : values) array.add(new JsonPrimitive(Long.toString(value)));
    object.add(name, array);
  }

  @Override
  public void message(int number, String name, Message message) {
    object.add(name, object(message));
  }

  @Override
  public void messages(int number, String name, List<Message> messages) {
    JsonArray array = new JsonArray(messages.size());
    for (Message each : messages) array.add(object(each));
    object.add(name, array);
  }
}
