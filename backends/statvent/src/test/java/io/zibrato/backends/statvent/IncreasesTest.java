package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IncreasesTest {
  private static final Instant BEGIN = Instant.ofEpochSecond(1000);

  private final Map<String, Instant> starts = new HashMap<>();
  private final Map<String, Answer> answers = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Double> gauges = new TreeMap<>();
  private final Increases increases =
      new Increases(
          BEGIN, id -> Optional.ofNullable(starts.get(id)), name -> name.startsWith("users"));

  private final class Collected implements Increases.Sink {
    @Override
    public void count(String name, long increase) {
      counts.merge(name, increase, Long::sum);
    }

    @Override
    public void gauge(String name, double value) {
      gauges.put(name, value);
    }

    @Override
    public void gauge(String name, int slot, double value) {
      gauges.put(name + " of " + slot, value);
    }
  }

  private void process(String id, String text) {
    answers.put(id, Answer.of(ListingParser.parse(text.getBytes(StandardCharsets.UTF_8))));
  }

  private void round() {
    counts.clear();
    gauges.clear();
    increases.take(new Collector.Round(new TreeMap<>(answers)), new Collected());
  }

  @Test
  void count_isWhatItRoseBy() {
    process("1", "a: 10\n");
    round();
    assertThat(counts).isEmpty();
    round();
    process("1", "a: 15\nb: 2\n");
    round();
    assertThat(counts).isEqualTo(Map.of("a", 5L, "b", 2L));
    round();
    assertThat(counts).isEmpty();
    assertThat(gauges).isEmpty();
  }

  @Test
  void processThatBeganLater_risesFromZero() {
    starts.put("1", BEGIN.minusSeconds(5));
    starts.put("2", BEGIN.plusSeconds(5));
    round();
    process("1", "a: 10\n");
    process("2", "a: 7\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 7L));
  }

  @Test
  void processWhoseBeginIsUnknown_isLaterUnlessOfTheFirstRound() {
    round();
    process("x", "a: 10\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 10L));
  }

  @Test
  void restart_countsFromZeroAgain() {
    starts.put("1", BEGIN.minusSeconds(5));
    process("1", "a: 10\n");
    round();
    starts.put("1", BEGIN.plusSeconds(60));
    process("1", "a: 4\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 4L));
    assertThat(gauges).isEmpty();
  }

  @Test
  void whatFell_isAGaugeFromThenOn() {
    process("1", "a: 10\n");
    process("2", "a: 1\n");
    round();
    process("1", "a: 8\n");
    round();
    assertThat(gauges).isEmpty();
    process("1", "a: 8\n");
    round();
    assertThat(counts).isEmpty();
    assertThat(gauges).isEqualTo(Map.of("a", 9.0));
    process("1", "a: 20\n");
    round();
    assertThat(counts).isEmpty();
    assertThat(gauges).isEqualTo(Map.of("a", 21.0));
  }

  @Test
  void processThatIsSilentForAWhile_losesNothing() {
    process("1", "a: 10\ng: 1.5\n");
    round();
    answers.put("1", Answer.none(Answer.State.SILENT, ""));
    round();
    assertThat(gauges).isEqualTo(Map.of("g", 1.5));
    process("1", "a: 12\ng: 2.5\n");
    round();
    assertThat(counts).isEqualTo(Map.of("a", 2L));
    answers.put("1", Answer.none(Answer.State.GONE, ""));
    round();
    assertThat(gauges).isEmpty();
  }

  @Test
  void lowerInOneListingOnly_isACountStill() {
    process("1", "a: 100\n");
    round();
    process("1", "a: 10\n");
    round();
    process("1", "a: 103\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 3L));
    assertThat(gauges).isEmpty();
    process("1", "a: 10\n");
    round();
    process("1", "a: 104\n");
    round();
    assertThat(counts).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void listingWithoutAllOrAny_isNotCountedAgain() {
    process("1", "a: 10\nb: 5\n");
    round();
    process("1", "b: 6\n");
    round();
    process("1", "");
    round();
    process("1", "a: 12\nb: 6\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 2L));
  }

  @Test
  void pipeThatIsAwayForARound_isNotCountedAgain() {
    starts.put("1", BEGIN.plusSeconds(5));
    round();
    process("1", "a: 10\n");
    process("named", "a: 20\n");
    round();
    assertThat(counts).isEqualTo(Map.of("a", 30L));
    answers.clear();
    round();
    answers.put("1", Answer.none(Answer.State.GONE, ""));
    round();
    process("1", "a: 11\n");
    process("named", "a: 22\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 3L));
  }

  @Test
  void pipeThatNamesNoProcess_isAnotherOnesIfItTellsLessAfterItWasAway() {
    round();
    process("named", "a: 20\nb: 3\n");
    round();
    answers.clear();
    round();
    process("named", "a: 4\nb: 1\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 4L, "b", 1L));
  }

  @Test
  void pipesThatWentFirst_areForgotten() {
    round();
    process("named", "a: 20\n");
    round();
    answers.clear();
    for (int i = 0; i < Increases.MOST_ABSENT; i++) process("p" + i, "a: 1\n");
    round();
    answers.clear();
    round();
    process("named", "a: 21\n");
    process("p0", "b: 1\na: 2\n");
    round();

    assertThat(counts).isEqualTo(Map.of("a", 22L, "b", 1L));
  }

  @Test
  void beyondFloats_isTheMost() {
    process("1", "users: 1" + "0".repeat(400) + "\n");
    round();

    assertThat(gauges).isEqualTo(Map.of("users", Double.MAX_VALUE));
  }

  @Test
  void setValuesFloatsAndNamedOnes_areGauges() {
    process(
        "1",
        """
        #zibrato listing: 1
        #zibrato incr: 1
        orders: 3
        #zibrato set: 1
        open: 17
        #zibrato end: 2
        """);
    process("2", "open: 0.5\nusers online: 4\n");
    round();

    assertThat(counts).isEmpty();
    assertThat(gauges).isEqualTo(Map.of("open", 17.5, "users online", 4.0));
  }

  @Test
  void valueThatWasSet_isWhatLaterAdditionsRiseFrom() {
    starts.put("1", BEGIN.plusSeconds(5));
    process("1", ours("set", "pool: 100\nfilled: 7\nload: 0.5\n", 3));
    round();
    process("1", ours("incr", "pool: 99\nfilled: 9\nload: 3\n", 3));
    round();

    assertThat(counts).isEqualTo(Map.of("filled", 2L));
    assertThat(gauges).isEqualTo(Map.of("load", 3.0));
    round();
    assertThat(counts).isEmpty();
    assertThat(gauges).isEqualTo(Map.of("load", 3.0, "pool", 99.0));
  }

  @Test
  void nameThatWasAFloatOnce_isAGaugeFromThenOn() {
    process("1", "load: 0.5\nrate: 2\n");
    round();
    process("1", "load: 3\nrate: 4\n");
    process("2", "rate: 0.5\n");
    round();

    assertThat(counts).isEmpty();
    assertThat(gauges).isEqualTo(Map.of("load", 3.0, "rate", 4.5));
  }

  @Test
  void lifeOfAnOlderProcess_isNoIncreaseThoughAnotherReaderHadItsFirstListings() {
    List<String> torn = List.of("", "12", "a: 1\n", "load: 0.5\n");
    List<String> ids = List.of("1", "2", "3", "4");
    for (String id : ids) starts.put(id, BEGIN.minusSeconds(5));
    for (int i = 0; i < ids.size(); i++) process(ids.get(i), torn.get(i));
    round();
    for (String id : ids) process(id, "a: 1\nload: 0.5\norders: 1000000\n");
    round();
    assertThat(counts).isEmpty();
    for (String id : ids) process(id, "a: 1\nload: 0.5\norders: 1000002\n");
    round();

    assertThat(counts).isEqualTo(Map.of("orders", 8L));
  }

  @Test
  void nothingTwice_isNotTakenForAllThereIs() {
    process("1", "");
    round();
    round();
    process("1", "orders: 1000000\n");
    round();

    assertThat(counts).isEmpty();
  }

  @Test
  void nameThatIsNewInAnOlderProcess_risesFromZeroOnceItToldTheSameTwice() {
    process("1", "a: 1\nload: 0.5\n");
    process("2", ours("set", "s: 1\n", 1));
    round();
    process("2", ours("incr", "late: 3\n", 1));
    round();
    assertThat(counts).isEqualTo(Map.of("late", 3L));
    process("1", "a: 1\nload: 0.5\nlate: 2\n");
    round();

    assertThat(counts).isEqualTo(Map.of("late", 2L));
  }

  @Test
  void nothingFromAProcess_leavesItsGauges() {
    process("1", "load: 0.5\n");
    round();
    process("1", "");
    round();

    assertThat(gauges).isEqualTo(Map.of("load", 0.5));
  }

  @Test
  void nameTooLongToPublish_isNoCountThatIsKept() {
    String name = "n".repeat(256);
    starts.put("1", BEGIN.plusSeconds(5));
    process("1", name + ": 1\n");
    round();

    assertThat(counts).isEmpty();
    assertThat(gauges).isEqualTo(Map.of(name, 1.0)); // which the bridge refuses, and says so
  }

  @Test
  void workersThatComeAndGo_shareAFewNumbers() {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < 50; i++) {
      starts.put("p" + i, BEGIN.plusSeconds(i));
      process("p" + i, ours("calculated", "own: " + i + "\n", 1));
      round();
      all.addAll(gauges.keySet());
      starts.remove("p" + (i - 1));
      answers.remove("p" + (i - 1));
    }

    assertThat(all).containsExactly("own of 1", "own of 2");
  }

  @Test
  void processThatHasNoPipeForAMoment_keepsItsNumber() {
    for (String id : List.of("a", "b", "c")) {
      starts.put(id, BEGIN.plusSeconds(5));
      process(id, ours("calculated", "own: 1\n", 1));
    }
    round();
    Answer there = answers.remove("a");
    process("later", ours("calculated", "own: 2\n", 1));
    round();
    answers.put("a", there);
    answers.remove("later");
    round();

    assertThat(gauges.keySet()).containsExactly("own of 1", "own of 2", "own of 3");
    process("later still", ours("calculated", "own: 2\n", 1));
    round();
    assertThat(gauges).containsEntry("own of 4", 2.0).hasSize(4);
  }

  private static String ours(String group, String lines, int count) {
    String head = "#zibrato listing: 1\n#zibrato " + group + ": " + count + "\n";
    return head + lines + "#zibrato end: " + count + "\n";
  }

  @Test
  void percentiles_areGaugesMergedOrByProcess() {
    process(
        "1",
        """
        #zibrato listing: 1
        #zibrato window 2,4: 5
        q median: 2
        q 95th: 2
        q 99th: 2
        q 100th: 4
        q mean: 3.0
        #zibrato calculated: 1
        own: 8
        #zibrato end: 6
        """);
    round();

    assertThat(gauges)
        .containsEntry("q median", 2.0)
        .containsEntry("q mean", 3.0)
        .containsEntry("own of 1", 8.0)
        .hasSize(6);
  }

  @Test
  void metersOfOurs_areLeftOut() {
    process(
        "1",
        """
        #zibrato listing: 1
        #zibrato lost: 2
        zibrato.statvent.lost.not-finite: 0
        zibrato.lost.not-finite: 0
        #zibrato counter: 1
        c: 5
        #zibrato gauge: 1
        g: 5
        #zibrato timer 5 3:1: 1
        t.count: 1
        #zibrato end: 5
        """);
    round();
    process(
        "1",
        """
        #zibrato listing: 1
        #zibrato lost: 2
        zibrato.statvent.lost.not-finite: 2
        zibrato.lost.not-finite: 3
        #zibrato counter: 1
        c: 6
        #zibrato end: 3
        """);
    round();

    assertThat(counts).isEqualTo(Map.of("zibrato.statvent.lost.not-finite", 2L));
    assertThat(gauges).isEmpty();
  }
}
