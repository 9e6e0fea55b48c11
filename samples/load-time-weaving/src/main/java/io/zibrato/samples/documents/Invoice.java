package io.zibrato.samples.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A document: something that has lists, maps, numbers and text in need of escapes. */
record Invoice(
    String number,
    long issuedEpochSeconds,
    String customer,
    double discount,
    boolean paid,
    List<Line> lines,
    Map<String, String> notes) {
  private static final String[] CUSTOMERS = {
    "Ada \"& Sons\"", "B\u00e9la <Kft>", "C\\D\n", "\u96ea"
  };

  record Line(String item, int quantity, long cents) {}

  /** Any invoice, most of them short. */
  static Invoice random(RandomGenerator random) {
    List<Line> lines = new ArrayList<>();
    int size = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 8);
    for (int i = 0; i < size; i++) {
      lines.add(
          new Line("item-" + random.nextInt(1000), random.nextInt(100), random.nextLong(1L << 40)));
    }
    Map<String, String> notes = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) notes.put("note-" + i, "as agreed, \t" + i);
    return new Invoice(
        Long.toHexString(random.nextLong()),
        random.nextLong(1L << 32),
        CUSTOMERS[random.nextInt(CUSTOMERS.length)],
        random.nextDouble(),
        random.nextBoolean(),
        lines,
        notes);
  }
}
