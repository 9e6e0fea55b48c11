package io.zibrato.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Has JMH measure, one JVM for each benchmark at a time, and puts the JVMs of one benchmark
 * together. JMH by itself would run them one after the other, and a floor then long before what is
 * held against it.
 */
final class Forks {
  /** What tells results apart, and the JVMs' results. */
  private final Map<String, RunResult> results = new LinkedHashMap<>();

  private final PrintStream raw;

  /**
   * @param raw takes all that JMH prints
   */
  Forks(PrintStream raw) {
    this.raw = raw;
  }

  /** One JVM for each of the benchmarks. One that fails gives no result. */
  void run(
      Iterable<String> benchmarks, Jdk jdk, int threads, Group.Effort effort, List<String> jvmArgs)
      throws IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .jvm(jdk.java().toString())
            .jvmArgs(jvmArgs.toArray(new String[0]))
            .forks(1)
            .threads(threads)
            .warmupIterations(effort.warmups())
            .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
            .measurementIterations(effort.iterations())
            .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
            .addProfiler(GCProfiler.class);
    for (String benchmark : benchmarks) options.include('^' + Pattern.quote(benchmark) + '$');
    try {
      var format = OutputFormatFactory.createFormatInstance(raw, VerboseMode.NORMAL);
      for (RunResult result : new Runner(options.build(), format).run()) add(result, jdk);
    } catch (RunnerException e) {
      throw new IOException("JMH: " + e.getMessage(), e);
    }
  }

  private void add(RunResult result, Jdk jdk) {
    var params = result.getParams();
    String key = jdk.home() + " " + params.getThreads() + ' ' + params.id();
    List<BenchmarkResult> forks = new ArrayList<>();
    RunResult before = results.get(key);
    if (before != null) forks.addAll(before.getBenchmarkResults());
    forks.addAll(result.getBenchmarkResults());
    results.put(key, new RunResult(params, forks));
  }

  /** All so far, in JMH's own format, which has one list of figures for each fork. */
  String json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, to).writeOut(results.values());
    to.flush();
    JsonArray all = JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonArray();
    for (JsonElement each : all) {
      JsonObject result = each.getAsJsonObject();
      // JMH says 1 here, since it was asked for one at a time.
      result.addProperty(
          "forks", result.getAsJsonObject("primaryMetric").getAsJsonArray("rawData").size());
    }
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + '\n';
  }
}
