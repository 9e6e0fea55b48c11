package io.zibrato.backends.otlp;

import java.util.List;
import java.util.Map;

/**
 * Takes the fields of one message, by the number and the name that OTLP's definitions give them; of
 * the two, an encoding uses one.
 */
interface Fields {
  /** Writes one message. */
  interface Message {
    void write(Fields fields);
  }

  void text(int number, String name, String value);

  /** An enum, or a bool as 0 or 1. */
  void choice(int number, String name, int value);

  void flag(int number, String name, boolean value);

  /** A fixed64 or sfixed64. */
  void fixed(int number, String name, long value);

  void real(int number, String name, double value);

  /** A sint32. */
  void signed(int number, String name, int value);

  /** A repeated uint64, packed. */
  void counts(int number, String name, long[] values);

  void message(int number, String name, Message message);

  void messages(int number, String name, List<Message> messages);

  /** A map of texts as {@code KeyValue} messages. */
  default void attributes(int number, Map<String, String> all) {
    List<Message> messages =
        all.entrySet().stream()
            .<Message>map(
                each ->
                    fields -> {
                      fields.text(1, "key", each.getKey());
                      fields.message(
                          2, "value", value -> value.text(1, "stringValue", each.getValue()));
                    })
            .toList();
    messages(number, "attributes", messages);
  }
}
