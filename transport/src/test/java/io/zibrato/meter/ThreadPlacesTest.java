package io.zibrato.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ThreadPlacesTest {
  private final ThreadPlaces<Page> places = new ThreadPlaces<>(4, Page::new);

  @Test
  void mine_isTheSameForAThread() {
    Page mine = places.mine();

    assertThat(mine).isNotNull().isSameAs(places.mine());
  }

  @Test
  void mine_isNoOtherThreadsEvenOfTheSameId() throws InterruptedException {
    Set<Page> pages = ConcurrentHashMap.newKeySet();
    pages.add(places.mine());
    Thread liar =
        new Thread() {
          @Override
          public void run() {
            pages.add(places.mine());
          }

          @Override
          public long getId() {
            return 1;
          }
        };

    liar.start();
    liar.join();

    assertThat(pages).hasSize(2);
  }

  @Test
  void free_makesRoom() throws InterruptedException {
    Threads.run(4, thread -> places.mine());
    Threads.run(4, thread -> places.mine());
    for (int i = 0; i < places.size(); i++) {
      if (places.at(i) != null && places.at(i).over()) places.free(i);
    }

    assertThat(places.mine()).isNotNull();
  }
}
