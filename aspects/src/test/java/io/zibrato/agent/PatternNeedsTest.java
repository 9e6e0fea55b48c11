package io.zibrato.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternNeedsTest {
  private static final ClassNames ORDERS =
      new ClassNames("a/b/Orders", Set.of("<init>", "place", "placeLater"));
  private static final ClassNames NESTED =
      new ClassNames("a/b/Orders$Line", Set.of("<init>", "price"));
  private static final ClassNames OTHER = new ClassNames("c/d/E", Set.of("<init>", "run"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Overriding methods match by the type that declares them first.
        "execution(* x.y.Base.place(..)); true; false; false",
        "execution(* x.y.Base+.place*(..)); true; false; false",
        "execution(public int *.p*(..)); true; true; false",
        "execution(* pl*ace(..)); true; false; false",
        "execution(a.b.Orders.new(..)); true; false; false",
        "execution(a.b.Orders.Line.new(..)); false; true; false",
        "execution(a.b.*.new(..)); true; true; false",
        "execution(a..*.new(..)); true; true; false",
        "execution(a.b.Orders+.new(..)); true; true; true",
        "within(a.b.Orders); true; true; false",
        "within(a.b.Orders.Line); false; true; false",
        "within(a.b.Ord); false; false; false",
        "within(a.b..*); true; true; false",
        "within(a.b.*Service); true; true; false",
        "within(a.b.Orders+); true; true; true",
        "within(*..Orders); true; true; true",
        "within(Orders); true; true; true",
        "within(@a.b.Mark *); true; true; true",
        "within(a.b.Orders || c.d.E); true; true; true",
        "within(!a.b.Orders); true; true; true",
        "execution(* *(..)) && within(c.d..*); false; false; true",
        "execution(* run(..)) || within(a.b.Orders); true; true; true",
        "execution(* run(..)) && !within(c.d.E); false; false; true",
        "!execution(* run(..)); true; true; true",
        "execution(* price(..)) && this(a.b.Orders); false; true; false",
      })
  void mayMatch_neverRefusesWhatThePointcutMatches(
      String pointcut, boolean orders, boolean nested, boolean other) {
    PatternNeeds needs = PatternNeeds.of(pointcut);

    assertThat(needs.mayMatch(ORDERS)).isEqualTo(orders);
    assertThat(needs.mayMatch(NESTED)).isEqualTo(nested);
    assertThat(needs.mayMatch(OTHER)).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "execution(* *(..))",
        "execution(@a.b.Mark * *(..))",
        "execution(* x.y..*.*(..))",
        "execution(*.new(..))",
        "@annotation(a.b.Mark)",
        "@within(a.b.Mark)",
        "this(a.b.Orders)",
        "args(int)",
        "withincode(* x.y.Z.m(..))",
        "cflow(execution(* x.y.Z.m(..)))",
        "if(true)"
      })
  void mayMatch_asksNothingWhereNothingFollows(String pointcut) {
    assertThat(PatternNeeds.of(pointcut).mayMatch(OTHER)).isTrue();
  }
}
