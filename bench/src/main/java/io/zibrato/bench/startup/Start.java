package io.zibrato.bench.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the application, from the process's start to its end.
 *
 * @param residentMib the most memory that the process held until its main method ended
 */
record Start(double millis, double residentMib) {
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s*(\\d+) kB");
  private static final long LIMIT_SECONDS = 120;

  /**
   * Runs it.
   *
   * @throws IOException if it fails, or did not run all of its classes
   */
  static Start of(Path jdk, Variant variant, Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(variant.options());
    command.add(Application.MAIN);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    String said = Files.readString(out);
    if (process.exitValue() != 0 || !said.contains("ran: " + Application.CLASSES)) {
      throw new IOException(variant.name() + " failed: " + said + Files.readString(err));
    }
    variant.check(Files.readString(err));
    Matcher resident = RESIDENT.matcher(said);
    return new Start(
        millis, resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : Double.NaN);
  }
}
