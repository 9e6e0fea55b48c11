package io.zibrato.bench.pipe;

import io.zibrato.bench.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The broker beside libzmq's proxy, under the same loads, in turns: what else the machine does then
 * hits both.
 */
final class Forwarding {
  private static final int FRAME_BYTES = 16 * 1024;
  private static final int FRAMES_PER_SECOND = 10_000;
  private static final int TEXT_BYTES = 64;
  private static final double TURN_SECONDS = 4;
  private static final double ALMOST = 0.99; // of the rate, which the generator keeps by the clock

  private final Clone clone;
  private final Report report;
  private final double warmUpSeconds;
  private final double turnSeconds;
  private final int turns;

  private record Turn(Load.Outcome proxy, Load.Outcome broker) {}

  Forwarding(Clone clone, Report report, PipeFlags flags) {
    this.clone = clone;
    this.report = report;
    this.warmUpSeconds = flags.quick ? 1 : 10;
    this.turnSeconds = flags.quick ? 1 : Math.min(TURN_SECONDS, flags.seconds);
    this.turns = flags.quick ? 1 : Math.max(1, (int) Math.round(flags.seconds / turnSeconds));
  }

  void run() throws IOException, InterruptedException {
    Path generator = clone.compiled("generator");
    Path sink = clone.compiled("sink");
    try (Middle proxy = Middle.proxy(clone);
        Middle broker = Middle.broker(clone)) {
      frames(
          turns(
              new Load("frames", FRAME_BYTES, FRAMES_PER_SECOND, false),
              proxy,
              broker,
              generator,
              sink));
      texts(true, turns(new Load("texts", TEXT_BYTES, 0, false), proxy, broker, generator, sink));
      texts(false, turns(new Load("texts", TEXT_BYTES, 0, true), proxy, broker, generator, sink));
    }
  }

  private List<Turn> turns(Load load, Middle proxy, Middle broker, Path generator, Path sink)
      throws IOException, InterruptedException {
    report.progress(load.toString());
    load.run(broker, generator, sink, warmUpSeconds, 0.1);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < this.turns; i++) {
      Load.Outcome ofProxy = load.run(proxy, generator, sink, 1, turnSeconds);
      report.raw(ofProxy);
      Load.Outcome ofBroker = load.run(broker, generator, sink, 1, turnSeconds);
      report.raw(ofBroker);
      turns.add(new Turn(ofProxy, ofBroker));
    }
    return turns;
  }

  private void frames(List<Turn> turns) {
    double ratio =
        median(turns, (proxy, broker) -> broker.ticksPerSecond() / proxy.ticksPerSecond());
    long lost = turns.stream().mapToLong(turn -> turn.broker.lost()).sum();
    long sent = turns.stream().mapToLong(turn -> turn.broker.sent()).sum();
    double least = turns.stream().mapToDouble(turn -> turn.broker.sentPerSecond()).min().orElse(0);
    report.table(
        "Frames of version 2, 16 KiB, 10 000 a second",
        "frames/s taken",
        Load.Outcome::sentPerSecond,
        outcomes(turns));
    report.verdict(
        Verdict.atLeast(
            "frames a second that the broker took, least turn",
            least,
            "1/s",
            ALMOST * FRAMES_PER_SECOND));
    report.verdict(Verdict.atMost("frames that the broker lost, of " + sent, lost, "frames", 0));
    report.verdict(
        Verdict.atMost(
            "processor time of the broker / of libzmq's proxy, 16 KiB frames", ratio, "x", 1.5));
  }

  private void texts(boolean waits, List<Turn> turns) {
    double ratio =
        median(turns, (proxy, broker) -> broker.receivedPerSecond() / proxy.receivedPerSecond());
    String how = waits ? "a generator that waits for room" : "a generator that drops, as PUB does";
    report.table(
        "Messages of version 1, 64 bytes, as fast as they can, from " + how,
        "messages/s received",
        Load.Outcome::receivedPerSecond,
        outcomes(turns));
    report.verdict(
        Verdict.atLeast(
            "throughput of the broker / of libzmq's proxy, 64-byte messages, " + how,
            ratio,
            "x",
            0.5));
  }

  private static List<Load.Outcome> outcomes(List<Turn> turns) {
    List<Load.Outcome> outcomes = new ArrayList<>();
    turns.forEach(turn -> outcomes.addAll(List.of(turn.proxy, turn.broker)));
    return outcomes;
  }

  private static double median(
      List<Turn> turns, ToDoubleBiFunction<Load.Outcome, Load.Outcome> figure) {
    ToDoubleFunction<Turn> ofTurn = turn -> figure.applyAsDouble(turn.proxy, turn.broker);
    return Median.of(turns.stream().mapToDouble(ofTurn).toArray());
  }
}
