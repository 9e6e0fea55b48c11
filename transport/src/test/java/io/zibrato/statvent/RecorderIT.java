package io.zibrato.statvent;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real pipe, and {@code cat} at its other end. */
@Timeout(60)
class RecorderIT {
  private static final String SHORT = "#zibrato listing: 1\na: 1\n#zibrato end: 1\n";
  private static final String LONG = "a name: 12345\n".repeat(50_000);

  @TempDir Path dir;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Recorder recorder;

  private Path start(String listing) {
    return start(listing, 50_000_000);
  }

  private Path start(String listing, long watchNanos) {
    recorder = new Recorder(pipes(), () -> listing.getBytes(StandardCharsets.UTF_8), watchNanos);
    recorder.start();
    Path pipe = pipe();
    await().until(() -> Files.exists(pipe));
    return pipe;
  }

  private Path pipes() {
    return dir.resolve("some/pipes");
  }

  private Path pipe() {
    return pipes().resolve(ProcessHandle.current().pid() + ".stats");
  }

  @AfterEach
  void close() {
    if (recorder != null) recorder.close();
    threads.shutdownNow();
  }

  private static String cat(Path pipe) throws IOException, InterruptedException {
    Process cat = new ProcessBuilder("cat", pipe.toString()).redirectErrorStream(true).start();
    String text = new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(cat.waitFor()).as(text).isZero();
    return text;
  }

  @Test
  void eachReader_getsOneListing() throws Exception {
    Path pipe = start(SHORT);

    for (int i = 0; i < 30; i++) assertThat(cat(pipe)).isEqualTo(SHORT);
  }

  @Test
  void longListing_comesWhole() throws Exception {
    Path pipe = start(LONG);

    for (int i = 0; i < 3; i++) assertThat(cat(pipe)).isEqualTo(LONG);
  }

  @Test
  void readerThatDoesNotReadOn_keepsNobodyFromReading() throws Exception {
    Path pipe = start(LONG);
    List<InputStream> stuck = new ArrayList<>();

    for (int i = 0; i < 12; i++) {
      InputStream in = new BufferedInputStream(new FileInputStream(pipe.toFile()), 100);
      stuck.add(in);
      assertThat(in.read()).isEqualTo('a');
      assertThat(cat(pipe)).isEqualTo(LONG);
    }

    String newest = new String(stuck.get(11).readAllBytes(), StandardCharsets.UTF_8);
    assertThat("a" + newest).isEqualTo(LONG);
    for (InputStream each : stuck) each.close();
  }

  @Test
  void manyThatReadOn_allGetTheirListing() throws Exception {
    Path pipe = start(LONG);
    List<InputStream> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      InputStream in = new BufferedInputStream(new FileInputStream(pipe.toFile()), 100);
      readers.add(in);
      assertThat(in.read()).isEqualTo('a'); // so that each has come to a pipe of its own
    }

    for (InputStream in : readers) {
      String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat("a" + rest).isEqualTo(LONG);
      in.close();
    }
  }

  @Test
  void readerThatLeavesHalfWay_doesNoHarm() throws Exception {
    Path pipe = start(LONG);

    for (int i = 0; i < 5; i++) {
      try (InputStream in = new FileInputStream(pipe.toFile())) {
        assertThat(in.read()).isEqualTo('a');
      }
    }

    assertThat(cat(pipe)).isEqualTo(LONG);
  }

  @Test
  void readersAtOnce_neverGetPartOfAListingAndNeverWaitForEver() throws Exception {
    Path pipe = start(SHORT);
    List<Callable<String>> readers = new ArrayList<>();
    for (int i = 0; i < 40; i++) readers.add(() -> cat(pipe));

    int whole = 0;
    for (Future<String> read : threads.invokeAll(readers, 50, TimeUnit.SECONDS)) {
      // Those who came to a pipe at the same instant share one listing: one of them has it.
      assertThat(read.get()).isIn(SHORT, "");
      if (!read.get().isEmpty()) whole++;
    }

    assertThat(whole).isPositive();
    assertThat(cat(pipe)).isEqualTo(SHORT);
  }

  @Test
  void whatIsInThePlace_isReplaced() throws Exception {
    Files.createDirectories(pipes());
    Path precious = Files.writeString(dir.resolve("precious.txt"), "keep");
    Files.createSymbolicLink(pipe(), precious);
    Path left = pipes().resolve('.' + pipe().getFileName().toString() + ".7");
    Files.writeString(left, "");
    start(SHORT);
    await().until(() -> !Files.isSymbolicLink(pipe()));

    assertThat(cat(pipe())).isEqualTo(SHORT);
    assertThat(precious).hasContent("keep");
    assertThat(left).doesNotExist();
  }

  @Test
  void pipeThatIsRemoved_isPutBack() throws Exception {
    Path pipe = start(SHORT);
    for (int i = 0; i < 3; i++) {
      assertThat(cat(pipe)).isEqualTo(SHORT);
      Files.delete(pipe);
      await().until(() -> Files.exists(pipe));
    }

    assertThat(cat(pipe)).isEqualTo(SHORT);
  }

  @Test
  void folderThatIsRemoved_isMadeAnew() throws Exception {
    Path pipe = start(SHORT);
    await().until(() -> waitsToOpen());
    Path kept = Files.createLink(dir.resolve("kept"), pipe);
    removePipes();

    await().until(() -> Files.exists(pipe));
    assertThat(cat(pipe)).isEqualTo(SHORT);
    try (FileChannel reader = FileChannel.open(kept, READ, WRITE)) {
      await().until(() -> reader.isOpen() && waiting() == 1);
    }
    assertThat(cat(pipe)).isEqualTo(SHORT);
  }

  @Test
  void close_afterThePipeWasRemoved() throws Exception {
    Path pipe = start(SHORT, Long.MAX_VALUE);
    assertThat(cat(pipe)).isEqualTo(SHORT);
    await().until(() -> waitsToOpen());
    Files.delete(pipe);

    recorder.close();

    await().until(() -> threadsNamed("zibrato-statvent").isEmpty());
  }

  @Test
  void close_leavesThePipeOfAnotherProcessOfItsId() throws Exception {
    Path pipe = start(SHORT);
    assertThat(cat(pipe)).isEqualTo(SHORT);
    Path others = dir.resolve("others");
    assertThat(new ProcessBuilder("mkfifo", others.toString()).start().waitFor()).isZero();
    Files.move(others, pipe, StandardCopyOption.ATOMIC_MOVE);

    recorder.close();

    assertThat(pipe).exists();
    try (Stream<Path> files = Files.list(pipes())) {
      assertThat(files).containsExactly(pipe);
    }
  }

  private void removePipes() throws IOException {
    try (Stream<Path> files = Files.list(pipes())) {
      for (Path each : files.toList()) Files.delete(each);
    }
    Files.delete(pipes());
  }

  private static boolean waitsToOpen() {
    return waiting() > 0;
  }

  private static long waiting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals("zibrato-statvent"))
        .flatMap(each -> Arrays.stream(each.getValue()))
        .filter(frame -> frame.getMethodName().equals("open0"))
        .count();
  }

  @Test
  void close_removesAllAndEndsTheThread() throws Exception {
    start(SHORT);
    cat(pipe());

    recorder.close();
    recorder.close();

    await().until(() -> threadsNamed("zibrato-statvent").isEmpty());
    await()
        .untilAsserted(
            () -> {
              try (Stream<Path> files = Files.list(pipes())) {
                assertThat(files).isEmpty();
              }
            });
  }

  @Test
  void secondRecorder_makesNoPipeBesideTheFirst() throws Exception {
    start(SHORT);
    Recorder second = new Recorder(dir.resolve("other"), () -> new byte[0]);

    second.start();
    second.close();

    assertThat(dir.resolve("other")).doesNotExist();
    assertThat(cat(pipe())).isEqualTo(SHORT);
  }

  @Test
  void folderThatCannotBeMade_isNoException() throws Exception {
    Files.writeString(dir.resolve("some"), "a file");
    recorder = new Recorder(pipes(), () -> new byte[0]);

    recorder.start();

    await().until(() -> threadsNamed("zibrato-statvent").isEmpty());
  }

  private static List<Thread> threadsNamed(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }
}
