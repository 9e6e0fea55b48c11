package io.zibrato.store.resources.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Standing CALM = Standing.initial(100);

  @Test
  void next_triggersAndTells() {
    final Standing.Step step = CALM.next(State.TRIGGERED, true, 160);

    assertThat(step.notice()).isEqualTo(Standing.Notice.TRIGGERED);
    assertThat(step.standing().since()).isEqualTo(160);
    assertThat(step.standing().triggeredAt()).isEqualTo(160);
    assertThat(step.standing().notifiedAt()).isEqualTo(160);
    assertThat(step.standing().incident()).isNotEmpty();
  }

  @Test
  void next_whileItLasts_tellsOnlyWhenDue() {
    final Standing triggered = CALM.next(State.TRIGGERED, true, 160).standing();

    assertThat(triggered.next(State.TRIGGERED, false, 220))
        .isEqualTo(new Standing.Step(triggered, null));
    final Standing.Step again = triggered.next(State.TRIGGERED, true, 760);
    assertThat(again.notice()).isEqualTo(Standing.Notice.TRIGGERED);
    assertThat(again.standing().incident()).isEqualTo(triggered.incident());
    assertThat(again.standing().since()).isEqualTo(160);
  }

  @Test
  void next_clears_andTellsWhoWasTold() {
    final Standing told = CALM.next(State.TRIGGERED, true, 160).standing();
    final Standing.Step cleared = told.next(State.OK, false, 220);

    assertThat(cleared.notice()).isEqualTo(Standing.Notice.CLEARED);
    assertThat(cleared.standing().clearedAt()).isEqualTo(220);
    assertThat(cleared.standing().incident()).isEqualTo(told.incident());
    final Standing untold = cleared.standing().next(State.TRIGGERED, false, 280).standing();
    assertThat(untold.incident()).isNotEqualTo(told.incident());
    assertThat(untold.next(State.TROUBLED, false, 340).notice()).isNull();
  }

  @Test
  void next_betweenOkAndTroubled_tellsNothing() {
    final Standing.Step troubled = CALM.next(State.TROUBLED, true, 160);

    assertThat(troubled.notice()).isNull();
    assertThat(troubled.standing().since()).isEqualTo(160);
    assertThat(troubled.standing().next(State.TROUBLED, true, 220).standing())
        .isEqualTo(troubled.standing());
    assertThat(troubled.standing().next(State.OK, true, 220).standing().since()).isEqualTo(220);
  }

  @Test
  void due_afterTheRearmTime() {
    final Standing told = CALM.next(State.TRIGGERED, true, 160).standing();

    assertThat(CALM.due(600, 160)).isTrue();
    assertThat(told.due(600, 759)).isFalse();
    assertThat(told.due(600, 760)).isTrue();
  }
}
