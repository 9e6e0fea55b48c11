package io.zibrato.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Benchmarks that run under the same flags. */
enum Group {
  /** Without any agent: what the bounds are about. */
  PLAIN("calls\\.(Floors|CompileTime|ByCalls)\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK : Effort.JUDGED;
    }
  },

  /** Woven by our agent. */
  LOADED("calls\\.LoadTime\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK : Effort.JUDGED;
    }

    @Override
    List<String> jvmArgs(Home home) throws IOException {
      return List.of("-javaagent:" + home.agent());
    }
  },

  /** With a publisher that empties the queue of gauges sooner. */
  ROOM("calls\\.GaugesWithRoom\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK_SHOTS : Effort.SHOTS;
    }

    @Override
    List<String> jvmArgs(Home home) {
      return List.of("-Dzibrato.publish-interval=10ms");
    }
  },

  PEERS("peers\\.(Micrometer|Dropwizard|Prometheus|DogStatsd)Peer\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK : Effort.PEER;
    }
  },

  OPEN_TELEMETRY("peers\\.OpenTelemetryPeer\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK : Effort.PEER;
    }

    @Override
    List<String> jvmArgs(Home home) throws IOException {
      return List.of(
          "-javaagent:" + home.openTelemetryAgent(),
          "-Dotel.traces.exporter=none",
          "-Dotel.metrics.exporter=none",
          "-Dotel.logs.exporter=none");
    }
  },

  SHAPES("calls\\.CompileTimeShapes\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK : Effort.SHAPE;
    }
  },

  LOADED_SHAPES("calls\\.LoadTimeShapes\\.") {
    @Override
    Effort effort(boolean quick) {
      return quick ? Effort.QUICK : Effort.SHAPE;
    }

    @Override
    List<String> jvmArgs(Home home) throws IOException {
      return LOADED.jvmArgs(home);
    }
  };

  /** How long one JVM measures one benchmark. */
  record Effort(int warmups, int warmupMillis, int iterations, int iterationMillis) {
    static final Effort JUDGED = new Effort(3, 200, 5, 300);
    static final Effort PEER = new Effort(3, 300, 5, 300);
    static final Effort SHAPE = new Effort(2, 250, 3, 250);
    static final Effort QUICK = new Effort(1, 100, 2, 100);

    /** A single shot lasts as long as it lasts. */
    static final Effort SHOTS = new Effort(50, 1, 30, 1);

    static final Effort QUICK_SHOTS = new Effort(5, 1, 5, 1);
  }

  private final Pattern benchmarks;

  Group(String benchmarks) {
    this.benchmarks = Pattern.compile(benchmarks);
  }

  abstract Effort effort(boolean quick);

  /** What the measured JVM is given, beside the broker's port. */
  List<String> jvmArgs(Home home) throws IOException {
    return List.of();
  }

  /** Whether it gets a JVM in every round, not only in the first. */
  boolean judged() {
    return this == PLAIN || this == LOADED || this == ROOM;
  }

  /** What a method allocates by its shape does not depend on a second thread. */
  List<Integer> threads() {
    return this == SHAPES || this == LOADED_SHAPES ? List.of(1) : List.of(1, 2);
  }

  /** As progress says it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The group of a benchmark by its full name; null for one that is not of calls. */
  static Group of(String benchmark) {
    for (Group group : values()) {
      if (group.holds(benchmark)) return group;
    }
    return null;
  }

  boolean holds(String benchmark) {
    return benchmarks.matcher(benchmark).find();
  }
}
