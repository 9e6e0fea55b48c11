package com.example.csv;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.WorkerFlags;
import io.zibrato.daemon.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The one flag that other workers do not have. */
final class CsvFlags extends WorkerFlags {
  @Parameter(names = "--dir", description = "The folder that files are written to; required")
  private String dir;

  private Path folder;

  Path folder() {
    return folder;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    if (dir == null || dir.isBlank()) throw new UsageException("--dir: missing");
    try {
      folder = Path.of(dir);
    } catch (InvalidPathException e) {
      throw new UsageException("--dir: " + e.getReason() + ": \"" + dir + '"');
    }
  }
}
