package io.zibrato.bench.pipe;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that takes part. What it says is read line by line, and kept to be shown should it
 * fail. Closing ends it.
 */
public final class Started implements Closeable {
  private static final long CLOSE_SECONDS = 10;
  private static final String END = "\0end";

  private final String name;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private Started(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread reader = new Thread(this::read, "bench-reads-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  public static Started start(String name, List<String> command) throws IOException {
    return new Started(name, new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) lines.add(line);
    } catch (IOException e) {
      lines.add("its output cannot be read: " + e);
    }
    lines.add(END);
  }

  /** Waits for a line in which the pattern is found, and passes over those before it. */
  public Matcher await(String pattern, long seconds) throws IOException, InterruptedException {
    Pattern compiled = Pattern.compile(pattern);
    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      String line = lines.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) throw failure("did not say \"" + pattern + "\" in " + seconds + " s");
      if (line.equals(END)) throw failure("ended without saying \"" + pattern + '"');
      seen.add(line);
      Matcher matcher = compiled.matcher(line);
      if (matcher.find()) return matcher;
    }
  }

  /** The first group of the next line in which the pattern is found, or null if none comes. */
  String poll(String pattern, long seconds) throws InterruptedException {
    try {
      return await(pattern, seconds).group(1);
    } catch (IOException e) {
      return null;
    }
  }

  /** Waits for it to end by itself. */
  public void awaitEnd(long seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw failure("did not end in " + seconds + " s");
    }
  }

  private IOException failure(String what) {
    List<String> last = seen.subList(Math.max(0, seen.size() - 15), seen.size());
    return new IOException(name + ' ' + what + "; it said last: " + last);
  }

  /** User and system time since it began, in the clock ticks of {@code /proc}. */
  long processorTicks() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
