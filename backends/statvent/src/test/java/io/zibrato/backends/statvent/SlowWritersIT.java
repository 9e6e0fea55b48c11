package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that take longer than the service waits, and that a reader who left would have killed:
 * their writing fails then, as that of Python's statvent does.
 */
@Timeout(120)
class SlowWritersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private Writers writers;
  private Pipes pipes;

  @BeforeEach
  void open() {
    writers = new Writers(dir);
    pipes = new Pipes(dir, Duration.ofSeconds(1), true);
  }

  @AfterEach
  void close() {
    pipes.close();
    writers.close();
  }

  private Optional<Answer> answer(Writers.Writer writer) throws InterruptedException {
    return Optional.ofNullable(pipes.read().get(writer.id()));
  }

  private Map<String, Number> lines(Writers.Writer writer) throws InterruptedException {
    return answer(writer).flatMap(Answer::listing).map(Listing::lines).orElse(Map.of());
  }

  @Test
  void slowProcess_livesAndIsServedLate() throws Exception {
    Writers.Writer slow = writers.python("--slow", "orders=40");
    Writers.Writer prompt = writers.python("--ours", "steady=1");

    for (int i = 0; i < 3; i++) {
      Map<String, Answer> answers = pipes.read();
      assertThat(answers.get(prompt.id()).listing()).isPresent();
      if (i > 0)
        assertThat(answers.get(slow.id()).listing().get().lines()).containsEntry("orders", 40L);
      assertThat(slow.out().readLine()).isEqualTo("written");
    }

    assertThat(slow.process().isAlive()).isTrue();
  }

  /** Its second half is no listing. */
  @Test
  void processThatPausesHalfWay_livesAndIsServedOnceItAnswersAnew() throws Exception {
    Writers.Writer late = writers.python("--late", "orders=40");
    await().atMost(PATIENCE).until(() -> answer(late).get().state() == Answer.State.CUT_OFF);
    assertThat(answer(late)).contains(Answer.none(Answer.State.SILENT, ""));
    Object before = new PipeFile(pipe(late)).identity();

    late.tell("go on");
    await().atMost(PATIENCE).until(() -> isAnother(before, late));

    assertThat(lines(late)).isEqualTo(Map.of("orders", 80L));
    assertThat(late.process().isAlive()).isTrue();
  }

  /** As where it may not write to the pipe. */
  @Test
  void slowProcessReadByCommand_livesAndIsServedLate() throws Exception {
    Writers.Writer slow = writers.python("--slow", "orders=40");
    Map<Path, Quiet> quiet = new ConcurrentHashMap<>();
    Answer answer = null;
    for (int i = 0; i < 3; i++) {
      Attempt attempt =
          new Attempt(
              new PipeFile(pipe(slow)),
              quiet,
              new HashSet<>(),
              new AtomicInteger(Attempt.MOST_STUCK));
      Thread reader = new Thread(() -> attempt.run(Long.MAX_VALUE), "test-reader");
      reader.start();
      await().atMost(PATIENCE).until(() -> reader.getState() == Thread.State.TIMED_WAITING);
      attempt.end();
      reader.join();
      answer = attempt.answer();
      assertThat(slow.out().readLine()).isEqualTo("written");
      await().atMost(PATIENCE).until(() -> quiet.get(pipe(slow)).connection().isOneListing());
    }

    assertThat(answer.listing().get().lines()).isEqualTo(Map.of("orders", 40L));
    assertThat(slow.process().isAlive()).isTrue();
    quiet.values().forEach(each -> Pipes.close(each.connection()));
  }

  private Path pipe(Writers.Writer writer) {
    return dir.resolve(writer.id() + ".stats");
  }

  private boolean isAnother(Object identity, Writers.Writer writer) {
    return Files.exists(pipe(writer)) && !new PipeFile(pipe(writer)).identity().equals(identity);
  }
}
