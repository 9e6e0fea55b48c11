package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that write what is no listing, or too much, beside one that does not. */
@Timeout(120)
class HostilePipesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private Writers writers;
  private Pipes pipes;
  private Writers.Writer good;

  @BeforeEach
  void open() throws Exception {
    writers = new Writers(dir.resolve("pipes"));
    pipes = new Pipes(dir.resolve("pipes"), Duration.ofSeconds(5), true);
    good = writers.python("--ours", "orders=40");
  }

  @AfterEach
  void close() {
    pipes.close();
    writers.close();
  }

  private Writers.Writer hostile(byte[] bytes) throws Exception {
    Path file = Files.write(dir.resolve("bytes"), bytes);
    return writers.python("--raw", file.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What became of it, while the other one is served all the time. */
  private Answer answer(Writers.Writer writer) throws InterruptedException {
    Map<String, Answer> answers = pipes.read();
    assertThat(answers.get(good.id()).listing().map(Listing::lines))
        .contains(Map.of("orders", 40L));
    return Optional.ofNullable(answers.get(writer.id())).orElse(Answer.none(Answer.State.GONE, ""));
  }

  private void isCutOff(Writers.Writer hostile) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> answer(hostile),
            Answer.none(Answer.State.CUT_OFF, ListingBytes.TOO_MUCH)::equals);
    assertThat(hostile.process().isAlive()).isTrue();
  }

  @Test
  void tooManyLines_areCutOff() throws Exception {
    isCutOff(hostile(bytes("a:1\n".repeat(4_000_000))));
  }

  @Test
  void tooManyBytes_areCutOff() throws Exception {
    isCutOff(hostile(bytes("a".repeat(20_000_000))));
  }

  @Test
  void noise_isSkippedAndCounted() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    Writers.Writer hostile = hostile(noise);

    Answer answer =
        await()
            .atMost(PATIENCE)
            .until(() -> answer(hostile), each -> each.state() == Answer.State.ANSWERED);
    assertThat(answer.listing().get().skipped()).isPositive();
    assertThat(hostile.process().isAlive()).isTrue();
  }

  @Test
  void numbersAndNamesWithoutEnd_areBounded() throws Exception {
    String nines = "9".repeat(1000);
    Writers.Writer hostile =
        hostile(bytes((nines + ": " + nines + "\n").repeat(1000) + "\0: 1\n" + "::::: 2\n"));

    Answer answer =
        await()
            .atMost(PATIENCE)
            .until(() -> answer(hostile), each -> each.state() == Answer.State.ANSWERED);
    assertThat(answer.listing().get().lines()).containsKeys(nines, "::::").hasSize(3);
  }

  /** Its last line never comes, so it is asked again and again, until the time is up. */
  @Test
  void listingOfOursWithoutAnEnd_isNotTold() throws Exception {
    Writers.Writer hostile =
        hostile(bytes("#zibrato listing: 1\n#zibrato timer 9 1:1: 999999999\na.count: 1\n"));

    for (int i = 0; i < 2; i++) assertThat(answer(hostile).listing()).isEmpty();
    assertThat(hostile.process().isAlive()).isTrue();
  }
}
