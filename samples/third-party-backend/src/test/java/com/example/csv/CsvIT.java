package com.example.csv;

import io.zibrato.backends.testing.EndToEnd;
import io.zibrato.processes.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process, killed on the way, between a broker and an application that are real. */
class CsvIT {
  @TempDir Path dir;
  private EndToEnd run;

  @AfterEach
  void stop() {
    if (run != null) run.close();
  }

  @Test
  void totalsAreExactOverAKill() throws Exception {
    Path folder = dir.resolve("files");
    run = new EndToEnd(dir, "csv");
    Child worker = worker(folder);
    worker.ready();
    run.startApplications(1);
    run.call(200_000);
    run.go();
    worker.answer("interval [3-9]", 60_000);
    worker.kill();
    worker.awaitEnd(60_000);
    worker = worker(folder);
    worker.ready();
    run.rest();
    run.stopApplications();

    EndToEnd.Counted counted = run.counted().get(0);
    EndToEnd.settles(() -> sum(folder, "counter", EndToEnd.HITS), counted.hits());
    EndToEnd.settles(() -> sum(folder, "timer", EndToEnd.WORKS), counted.works());
    worker.stop();
  }

  private Child worker(Path folder) throws IOException, InterruptedException {
    return run.start(
        "worker",
        "worker for csv connected to",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            Path.of("target", "zibrato-csv.jar").toAbsolutePath().toString(),
            "--port",
            run.workerPort(),
            "--state",
            dir.resolve("state").toString(),
            "--flush",
            "0.3",
            "--dir",
            folder.toString()));
  }

  private static long sum(Path folder, String kind, String name) throws IOException {
    double sum = 0; // each is a whole number far below 2^53
    for (CsvFiles.Row row : CsvFiles.read(folder)) {
      if (row.kind().equals(kind) && row.name().equals(name)) sum += row.value();
    }
    return (long) sum;
  }
}
