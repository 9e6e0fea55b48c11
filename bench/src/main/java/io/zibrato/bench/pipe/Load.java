package io.zibrato.bench.pipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;

/**
 * One kind of message at one rate, from {@code generator.c} to {@code sink.c}.
 *
 * @param kind "frames" of version 2 or "texts" of version 1
 * @param perSecond 0 for as many as it can
 * @param drops whether the generator drops what the middle does not take at once, as PUB does,
 *     instead of waiting
 */
record Load(String kind, int bytes, int perSecond, boolean drops) {
  private static final long PATIENCE_SECONDS = 60;

  /** What one run through one middle saw. */
  record Outcome(
      String middle, long sent, double seconds, long received, double sinkSeconds, long ticks) {
    long lost() {
      return sent - received;
    }

    double sentPerSecond() {
      return sent / seconds;
    }

    double receivedPerSecond() {
      return received / sinkSeconds;
    }

    double ticksPerSecond() {
      return ticks / seconds;
    }

    @Override
    public String toString() {
      return "%s: sent %d in %.3f s, received %d in %.3f s, lost %d, processor time %d ticks"
          .formatted(middle, sent, seconds, received, sinkSeconds, lost(), ticks);
    }
  }

  /**
   * Sends through the middle, first to warm it up and then to count.
   *
   * @param generator the compiled {@code generator.c}
   * @param sink the compiled {@code sink.c}
   */
  Outcome run(Middle middle, Path generator, Path sink, double warmUpSeconds, double seconds)
      throws IOException, InterruptedException {
    List<String> from =
        List.of(
            generator.toString(),
            middle.publishers(),
            kind,
            "" + bytes,
            "" + perSecond,
            "" + warmUpSeconds,
            "" + seconds,
            drops ? "drop" : "wait");
    List<String> to = List.of(sink.toString(), middle.workers(), kind);
    try (Started receiver = Started.start("sink", to);
        Started sender = Started.start("generator", from)) {
      long patience = PATIENCE_SECONDS + (long) (2 * (warmUpSeconds + seconds));
      sender.await("^steady$", patience);
      long before = middle.process().processorTicks();
      Matcher sent = sender.await("^done tried (\\d+) sent (\\d+) seconds (\\S+)", patience);
      long ticks = middle.process().processorTicks() - before;
      receiver.endInput();
      Matcher received =
          receiver.await("^steady received (\\d+) .* disordered (\\d+) seconds (\\S+)", patience);
      if (!received.group(2).equals("0"))
        throw new IOException(middle.name() + " changed the order");
      return new Outcome(
          middle.name(),
          Long.parseLong(sent.group(2)),
          Double.parseDouble(sent.group(3)),
          Long.parseLong(received.group(1)),
          Double.parseDouble(received.group(3)),
          ticks);
    }
  }
}
