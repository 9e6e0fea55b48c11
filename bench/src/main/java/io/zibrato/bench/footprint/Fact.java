package io.zibrato.bench.footprint;

import java.util.List;

/**
 * Something measured in a JVM of its own.
 *
 * @param name what {@code --only} and {@link SubjectMain} know it by
 * @param jvm the flags of its JVM
 * @param leastJdk the first JDK that can measure it
 * @param repeats how many JVMs measure it; the median is taken of each figure
 * @param conditions what was done, in words, for the result file
 * @param bounds what its figures are held against
 */
record Fact(
    String name,
    List<String> jvm,
    int leastJdk,
    int repeats,
    String conditions,
    List<Bound> bounds) {

  /**
   * The most that a figure may be.
   *
   * @param over the fact whose same figure is taken off it, or null
   */
  record Bound(String figure, String over, String what, String unit, double most) {
    Bound(String figure, String what, String unit, double most) {
      this(figure, null, what, unit, most);
    }
  }

  private static final int VIRTUAL_THREADS_SINCE = 21;

  static List<Fact> all() {
    return List.of(
        new Fact(
            "counter",
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"),
            17,
            1,
            "Retained heap of "
                + Scale.FULL.counters()
                + " counters, found by level and name, names of about 35 characters; each touched "
                + Scale.FULL.counterTouches()
                + " times by each of "
                + Scale.THREADS
                + " threads at once, which are still alive; sent in full, changed once more, and"
                + " sent again; divided by their number.",
            List.of(new Bound("bytes-per-series", "one counter series, retained heap", "B", 1024))),
        new Fact(
            "timer",
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"),
            17,
            1,
            "The same of "
                + Scale.FULL.timers()
                + " timers, each given "
                + Scale.FULL.timerTouches()
                + " durations by each thread, log-uniform from 1 us to 100 ms (5 decades).",
            List.of(
                new Bound(
                    "bytes-per-series",
                    "one timer series with " + Scale.THREADS + " threads, retained heap",
                    "B",
                    16 * 1024))),
        new Fact(
            "small-heap",
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
            17,
            1,
            "10 000 series (6 000 counters, 3 000 timers, 1 000 gauges) in a JVM of -Xmx64m that"
                + " exits on OutOfMemoryError. Twice a second 4 threads add to each counter and give"
                + " each timer 8 durations, log-uniform from 1 us to 100 ms (5 decades), and one gives"
                + " each gauge a value; the publisher sends each second for 10 s. Used heap after full"
                + " collections.",
            List.of(
                new Bound(
                    "used-mib",
                    "10 000 series in a JVM of -Xmx64m, used heap after collection",
                    "MiB",
                    64))),
        new Fact(
            "counters-cpu",
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"),
            17,
            1,
            "Processor time of the publisher's thread a second of wall time, over "
                + Scale.FULL.rounds()
                + " rounds of 1 s after "
                + Scale.FULL.warmupRounds()
                + " to warm up, one full round among them; 10 000 counters change twice a round.",
            List.of(
                new Bound(
                    "cpu-ms-per-s", "publisher's thread, 10 000 changed counters", "ms/s", 10))),
        new Fact(
            "timers-cpu",
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"),
            17,
            1,
            "The same for 1 000 timers, each of which 4 threads give 8 durations each, twice a"
                + " round, log-uniform from 1 us to 100 ms (5 decades).",
            List.of(
                new Bound("cpu-ms-per-s", "publisher's thread, 1 000 changed timers", "ms/s", 25))),
        new Fact(
            "growth",
            List.of("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC"),
            17,
            1,
            "Used heap after full collections at round "
                + Scale.FULL.growthFrom()
                + " and at round "
                + Scale.FULL.growthTo()
                + " of 50 ms, nothing changing while it is looked at; 1 000 counters, 100 timers and"
                + " 100 gauges change each round.",
            List.of(
                new Bound(
                    "growth-kib",
                    "growth of used heap in "
                        + (Scale.FULL.growthTo() - Scale.FULL.growthFrom())
                        + " rounds",
                    "KiB",
                    64))),
        virtualThreads(
            "virtual-plain",
            "Heap that "
                + Scale.FULL.virtualThreads()
                + " virtual threads retain, each: parked after they called two methods and a"
                + " constructor three times. Interpreted only: the stack that a parked thread leaves"
                + " on the heap is then the same in all of them, while compiled code makes it smaller"
                + " by hundreds of bytes, sooner or later.",
            List.of()),
        virtualThreads(
            "virtual-methods",
            "The same, with @CountMe on one method and @TimeMe on another, woven at compile time. What"
                + " counts is the difference to the plain ones; 8 bytes, two words, are allowed for what"
                + " the JVM itself does differently.",
            List.of(
                new Bound(
                    "bytes-per-thread",
                    "virtual-plain",
                    "a virtual thread that called @CountMe and @TimeMe methods, over one that called"
                        + " plain ones",
                    "B",
                    8))),
        virtualThreads(
            "virtual-constructors",
            "The same, with @TimeMe on the constructor.",
            List.of(
                new Bound(
                    "bytes-per-thread",
                    "virtual-plain",
                    "a virtual thread that called a @TimeMe constructor, over one that called plain"
                        + " ones",
                    "B",
                    8))));
  }

  private static Fact virtualThreads(String name, String what, List<Bound> bounds) {
    return new Fact(
        name,
        List.of("-Xint", "-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"),
        VIRTUAL_THREADS_SINCE,
        3,
        what,
        bounds);
  }
}
