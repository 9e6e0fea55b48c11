package io.zibrato.backends.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What the JDK does not tell of the terminal, asked of the system's own programs. */
final class Terminal {
  private static final File TTY = new File("/dev/tty");
  private static final long PATIENCE_SECONDS = 5;

  record Size(int columns, int lines) {
    static final Size USUAL = new Size(80, 24);
  }

  private Terminal() {}

  /** Whether standard output is one. */
  static boolean isOutput() {
    try {
      Process test =
          new ProcessBuilder("/bin/sh", "-c", "test -t 1")
              .redirectOutput(Redirect.INHERIT)
              .redirectErrorStream(false)
              .start();
      return test.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The size now; 80 columns of 24 lines where it cannot be told. */
  static Size size() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(TTY).start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return size(said);
    } catch (IOException e) {
      return Size.USUAL;
    }
  }

  /** Lines and columns, as stty prints them; a terminal that knows neither says 0. */
  static Size size(String said) {
    String[] words = said.trim().split(" ");
    if (words.length != 2 || !said.trim().matches("\\d{1,4} \\d{1,4}")) return Size.USUAL;
    int lines = Integer.parseInt(words[0]);
    int columns = Integer.parseInt(words[1]);
    return lines < 1 || columns < 1 ? Size.USUAL : new Size(columns, lines);
  }
}
