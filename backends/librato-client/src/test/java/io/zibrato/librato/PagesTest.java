package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final List<Long> asked = new ArrayList<>();

  /** The numbers from 0, five in all. */
  private Page<Long> five(ListQuery query) {
    asked.add(query.offset());
    long end = Math.min(5, query.offset() + query.length());
    List<Long> items = LongStream.range(query.offset(), end).boxed().toList();
    return new Page<>(items, query.offset(), 5, 9);
  }

  @Test
  void stream_asksNothingBeforeItIsWalked() {
    Stream<Long> more = Pages.stream(this::five, ListQuery.all()).map(each -> each + 1);

    assertThat(asked).isEmpty();
    assertThat(more).hasSize(5);
    assertThat(asked).containsExactly(0L);
  }

  @Test
  void stream_asksForAPageWhenItsFirstItemIsWanted() {
    Iterator<Long> items = Pages.stream(this::five, ListQuery.all().length(2)).iterator();

    assertThat(items.next()).isZero();
    assertThat(items.next()).isEqualTo(1);
    assertThat(asked).containsExactly(0L);
    assertThat(items.next()).isEqualTo(2);
    assertThat(asked).containsExactly(0L, 2L);
  }

  @Test
  void stream_endsWithWhatWasFound() {
    assertThat(Pages.stream(this::five, ListQuery.all().length(2)))
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(asked).containsExactly(0L, 2L, 4L);
  }

  @Test
  void stream_needsNoPageAfterAFullLastOne() {
    assertThat(Pages.stream(this::five, ListQuery.all().length(5))).hasSize(5);
    assertThat(asked).containsExactly(0L);
  }

  @Test
  void stream_beginsAtTheOffset() {
    assertThat(Pages.stream(this::five, ListQuery.all().offset(3))).containsExactly(3L, 4L);
  }

  @Test
  void stream_endsWithAnEmptyPage() {
    Stream<Long> none = Pages.stream(query -> new Page<>(List.of(), 0, 7, 7), ListQuery.all());

    assertThat(none).isEmpty();
  }

  @Test
  void stream_thatStopsEarlyAsksNoMore() {
    assertThat(Pages.stream(this::five, ListQuery.all().length(2)).limit(2)).hasSize(2);
    assertThat(asked).containsExactly(0L);
  }

  @Test
  void stream_throwsWhatFails() {
    Stream<Long> failing =
        Pages.stream(
            query -> {
              throw new IOException("gone");
            },
            ListQuery.all());

    assertThatThrownBy(failing::count)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("gone");
  }
}
