package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Takes the README's pictures of the page, from the {@link SampleDay} in a real store. They go to
 * the folder that system property {@code zibrato.store.pictures} names, else to {@code
 * target/pictures}.
 */
class PagePicturesIT extends PageCase {
  private static final Path FOLDER =
      Path.of(System.getProperty("zibrato.store.pictures", "target/pictures"));
  private static final int MOST_BYTES = 150 * 1024;

  @Test
  void pictures_ofADay() throws Exception {
    final SampleDay day = new SampleDay(http, now());
    day.send();
    day.alerts();
    final long space = day.space();
    await()
        .atMost(100, TimeUnit.SECONDS)
        .pollInterval(3, TimeUnit.SECONDS)
        .until(
            () -> {
              day.slowMinute(now());
              return !http.json("/v1/alerts/status").getAsJsonArray("firing").isEmpty();
            });
    Files.createDirectories(FOLDER);

    for (final boolean dark : new boolean[] {false, true}) {
      picture("sources", "#metric=cpu.percent&range=86400", dark, "Number(drawn.lines) === 50");
      picture(
          "percentiles",
          "#metric=checkout.duration&stat=percentiles&range=86400",
          dark,
          "drawn.lines === '3' && drawn.events.includes('new checkout') && drawn.limits !== ''");
      picture(
          "metrics",
          "#metric=cpu.percent&metric=jvm.heap&group=*&range=86400",
          dark,
          "drawn.lines === '2'");
      picture(
          "space",
          "#space=" + space + "&range=86400",
          dark,
          "document.querySelectorAll('.chart canvas[data-state=drawn]').length === 6");
      picture(
          "alerts",
          "#view=alerts",
          dark,
          "document.querySelectorAll('#alert-rows .triggered').length === 1");
    }
  }

  private void picture(String name, String address, boolean dark, String ready) throws Exception {
    for (final int width : new int[] {1280, 390}) {
      final Browser.Tab tab = blank(width, dark);
      tab.go(store.uri() + "/" + address);
      tab.until("document.body?.dataset.rounds > 0");
      tab.until("(drawn => " + ready + ")(document.getElementById('chart').dataset)");
      settle(tab);
      final byte[] png = Picture.small(tab.screenshot());
      assertThat(png.length).as(name).isLessThan(MOST_BYTES);
      final String file = name + (width == 390 ? "-narrow" : "") + (dark ? "-dark" : "");
      Files.write(FOLDER.resolve(file + ".png"), png);
    }
  }
}
