package com.example.csv;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-csv.jar --dir /var/lib/measurements}. */
public final class CsvMain {
  private CsvMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-csv", new CsvFlags(), args, flags -> new CsvBackend(flags.folder())));
  }
}
