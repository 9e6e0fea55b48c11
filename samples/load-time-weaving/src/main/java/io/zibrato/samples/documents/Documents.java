package io.zibrato.samples.documents;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes invoices as JSON, reads them again in two ways, and checks that nothing changed. Now and
 * then one is cut short, and has to be refused.
 */
final class Documents implements Runnable {
  /** What the application counts itself, beside its calls of Gson. Any thread. */
  static final class Tally {
    final LongAdder parse = new LongAdder();
    final LongAdder write = new LongAdder();
    final LongAdder tree = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder fields = new LongAdder();

    /** Writes lines of {@code series=count}. */
    void save(Path file) throws IOException {
      Files.write(
          file,
          List.of(
              "json.parse=" + parse.sum(),
              "json.write=" + write.sum(),
              "json.tree=" + tree.sum(),
              "json.refused=" + refused.sum(),
              "json.fields=" + fields.sum()));
    }
  }

  private static final int BURST = 25;
  private static final long PAUSE_MILLIS = 5;

  private final Gson gson = new Gson();
  private final SplittableRandom random;
  private final Tally tally;
  private volatile boolean stopped;

  Documents(long seed, Tally tally) {
    this.random = new SplittableRandom(seed);
    this.tally = tally;
  }

  /** Lets the document at work be the last. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      for (int i = 0; i < BURST && !stopped; i++) roundTrip(Invoice.random(random), i == 0);
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void roundTrip(Invoice invoice, boolean first) {
    tally.write.increment();
    String json = gson.toJson(invoice);
    if (first) refuse(json.substring(0, json.length() / 2));
    tally.parse.increment();
    Invoice again = gson.fromJson(json, Invoice.class);
    if (!again.equals(invoice)) throw new IllegalStateException(invoice + " became " + again);
    tally.tree.increment();
    JsonObject tree = JsonParser.parseString(json).getAsJsonObject();
    if (first) checkFields(tree);
  }

  private void refuse(String json) {
    tally.parse.increment();
    try {
      gson.fromJson(json, Invoice.class);
    } catch (JsonParseException e) {
      tally.refused.increment();
      return;
    }
    throw new IllegalStateException("taken for whole: " + json);
  }

  private void checkFields(JsonObject tree) {
    tally.fields.increment();
    int fields = tree.size();
    int expected = Invoice.class.getRecordComponents().length;
    if (fields != expected) throw new IllegalStateException(fields + " fields: " + tree);
  }
}
