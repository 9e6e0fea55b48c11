package io.zibrato.bench.footprint;

/** A process that measures one fact of itself, named by its argument, and prints its figures. */
final class SubjectMain {
  private SubjectMain() {}

  public static void main(String[] args) throws Exception {
    Scale scale = args.length > 1 ? Scale.QUICK : Scale.FULL;
    Figures figures = new Figures();
    measure(args[0], scale, figures);
    figures.lines().forEach(System.out::println);
    // Other threads, the threads under measurement among them, may be parked for good.
    System.exit(0);
  }

  private static void measure(String fact, Scale scale, Figures figures) throws Exception {
    switch (fact) {
      case "jdk" -> figures.put("feature", Runtime.version().feature());
      case "counter" -> SeriesCost.ofCounters(scale, figures);
      case "timer" -> SeriesCost.ofTimers(scale, figures);
      case "small-heap" -> SmallHeap.measure(scale, figures);
      case "counters-cpu" -> PublisherCost.ofCounters(scale, figures);
      case "timers-cpu" -> PublisherCost.ofTimers(scale, figures);
      case "growth" -> Growth.measure(scale, figures);
      case "virtual-plain" -> VirtualThreads.measure(PlainCalls::all, null, scale, figures);
      case "virtual-methods" ->
          VirtualThreads.measure(WovenCalls::methods, WovenCalls.TIMED, scale, figures);
      case "virtual-constructors" ->
          VirtualThreads.measure(WovenCalls::constructor, WovenCalls.CONSTRUCTED, scale, figures);
      default -> throw new IllegalArgumentException("no such fact: " + fact);
    }
  }
}
