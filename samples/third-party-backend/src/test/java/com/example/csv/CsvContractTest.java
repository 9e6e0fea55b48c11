package com.example.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.testing.BackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every backend has to do, of this one; and what this one does besides. */
class CsvContractTest extends BackendContract {
  @TempDir Path dir;
  private CsvBackend backend;

  @BeforeEach
  void connect() throws Exception {
    backend = new CsvBackend(dir);
    backend.connect();
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected int taken() throws Exception {
    Set<List<String>> series = new HashSet<>();
    for (CsvFiles.Row row : CsvFiles.read(dir)) {
      series.add(List.of(row.kind(), row.name(), row.source(), row.tags()));
    }
    return series.size();
  }

  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    return Optional.of(CsvFiles.read(dir).stream().map(CsvFiles.Row::value).toList());
  }

  @Test
  void flush_ofTheSameAgainReplacesItself() throws Exception {
    Snapshot snapshot = counters(new CounterTotal(new SeriesKey("n", "s"), 7));

    backend.flush(snapshot);
    backend.flush(snapshot);

    assertThat(CsvFiles.read(dir)).containsExactly(new CsvFiles.Row("counter", "n", "s", "", 7));
  }

  @Test
  void flush_failsWhenTheFolderIsGone() throws Exception {
    Files.delete(dir);

    assertThatThrownBy(() -> backend.flush(counters(new CounterTotal(new SeriesKey("n", "s"), 7))))
        .isInstanceOf(IOException.class);

    Files.createDirectory(dir);
  }

  @Test
  void connect_refusesAFile() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    assertThatThrownBy(() -> new CsvBackend(file).connect())
        .isInstanceOf(FatalException.class)
        .hasMessageContaining("--dir")
        .hasMessageContaining(file.toString());
  }
}
