package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import zmq.Msg;
import zmq.io.Metadata;

class InflowTest {
  private static final int MAX = 1 << 20;
  private static final Metadata CONNECTION = new Metadata();

  private final List<Integer> seen = new ArrayList<>();
  private int tight;
  private final Inflow inflow =
      new Inflow(MAX, 2 * MAX, (connection, message, part) -> admit(message, part), () -> tight++);

  private boolean admit(Msg message, boolean part) {
    seen.add(part ? -message.size() : message.size());
    return message.size() != 13;
  }

  @Test
  void allocate_givesNothingForALengthThatCannotBe() {
    assertThat(inflow.allocate(-1).size()).isZero();
    assertThat(inflow.allocate(Integer.MIN_VALUE).size()).isZero();
    assertThat(inflow.allocate(MAX + 1).size()).isZero();
    assertThat(inflow.allocate(MAX).size()).isEqualTo(MAX);
  }

  @Test
  void message_isShownOnceAndDroppedAsACommand() {
    Msg good = inflow.allocate(5);
    Msg bad = inflow.allocate(13);
    good.setMetadata(CONNECTION);
    good.setMetadata(CONNECTION);
    bad.setMetadata(CONNECTION);

    assertThat(seen).containsExactly(5, 13);
    assertThat(good.isCommand()).isFalse();
    assertThat(bad.isCommand()).isTrue();
  }

  @Test
  void part_isAMessageOfItsOwn() {
    Msg part = inflow.allocate(5);
    part.setFlags(Msg.MORE);
    part.setMetadata(CONNECTION);

    assertThat(part.hasMore()).isFalse();
    assertThat(seen).containsExactly(-5);
  }

  @Test
  void messagesNotTaken_areBounded() {
    int held = 0;
    while (inflow.allocate(10_000).setMetadata(CONNECTION) instanceof GuardedMsg) held++;

    assertThat(held).isBetween(200, 210);
    assertThat(inflow.discarded()).isEqualTo(1);
    for (int i = 0; i < 10; i++) inflow.taken(10_000);
    assertThat(inflow.allocate(10_000)).isInstanceOf(GuardedMsg.class);
    inflow.nothingLeft(inflow.allocated());
    assertThat(inflow.allocate(10_000)).isInstanceOf(GuardedMsg.class);
  }

  @Test
  void messagesTurnedAway_takeNoRoom() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(inflow.allocate(13).setMetadata(CONNECTION)).isInstanceOf(GuardedMsg.class);
    }
  }

  @Test
  void messagesThatAreAnnouncedOnly_areBounded() {
    List<Msg> announced = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      announced.add(inflow.allocate(MAX));
      inflow.nothingLeft(inflow.allocated());
    }

    assertThat(announced.stream().filter(GuardedMsg.class::isInstance)).hasSize(2);
    assertThat(announced.get(50).size()).isEqualTo(MAX);
    assertThat(tight).isEqualTo(1);
    announced.get(0).setMetadata(CONNECTION);
    assertThat(inflow.allocate(MAX)).isInstanceOf(GuardedMsg.class);
    assertThat(announced.get(1)).isNotNull(); // and so not collected
  }

  @Test
  void discarded_isReadAndDropped() {
    while (inflow.allocate(10_000) instanceof GuardedMsg)
      ;
    Msg discarded = inflow.allocate(100);
    discarded.put(new byte[100]);
    discarded.setFlags(Msg.MORE);
    discarded.setMetadata(CONNECTION);

    assertThat(discarded.isCommand()).isTrue();
    assertThat(discarded.hasMore()).isFalse();
    assertThat(seen).isEmpty();
  }
}
