package io.zibrato.store.composite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each value here was computed by hand. */
class EvaluationTest {
  private static final double NONE = Double.NaN;

  private final KeptSeries kept =
      new KeptSeries()
          .gauge("a", "web-1", 1, 2, 3)
          .gauge("a", "web-2", 10, NONE, 30)
          .gauge("b", "web-1", 2, 0, 4)
          .counter("c", "web-1", 5, 9, 2, 12)
          .tagged("t", Map.of("az", "b", "region", "us-east"), 1, 2)
          .tagged("t", Map.of("az", "c", "region", "us-east"), 3, 4)
          .tagged("t", Map.of("az", "b", "region", "us-west"), 5, 6)
          .tagged("t", Map.of("az", "e", "region", "eu-west"), 7, 8)
          .tagged("t", Map.of(), 9, 10);

  @Test
  void series_areThoseThatMatch() throws Exception {
    assertThat(kept.texts("s(\"a\",\"*\")"))
        .containsExactly("{source=web-1}: 0=1 60=2 120=3", "{source=web-2}: 0=10 120=30");
    assertThat(kept.texts("series(\"a\",\"*-2\")")).containsExactly("{source=web-2}: 0=10 120=30");
    assertThat(kept.evaluate("s(\"*\",\"%\")")).hasSize(9);
    assertThat(kept.evaluate("s(\"*\",{})")).hasSize(9);
    assertThat(kept.evaluate("s(\"*\",{\"region\":\"%\"})")).hasSize(4);
    assertThat(kept.evaluate("s(\"t\",{\"region\":\"us-*\",\"az\":\"b\"})")).hasSize(2);
    assertThat(kept.evaluate("s(\"none\",\"*\")")).isEmpty();
  }

  @Test
  void series_areAskedForAsWritten() throws Exception {
    kept.evaluate("s(\"a\",\"web*\",{function:\"max\",period:\"300\"})", new Window(60, 99, 5));
    kept.evaluate("s(\"a\",{\"x\":\"%\"})", new Window(60, 99, 5));

    assertThat(kept.asked)
        .containsExactly(
            new SeriesQuery("a", Map.of("source", "web*"), "max", 300L, new Window(60, 99, 5)),
            new SeriesQuery("a", Map.of("x", "*"), null, null, new Window(60, 99, 5)));
  }

  @Test
  void set_joinsTheSetsInIt() throws Exception {
    assertThat(kept.evaluate("[s(\"b\",\"*\"), [[s(\"a\",\"*\")], []]]"))
        .extracting(s -> s.label().metric())
        .containsExactly("b", "a", "a");
  }

  @Test
  void combinations_takeWhatThereIs() throws Exception {
    assertThat(kept.texts("sum(s(\"a\",\"*\"))")).containsExactly("{}: 0=11 60=2 120=33");
    assertThat(kept.texts("mean(s(\"a\",\"*\"))")).containsExactly("{}: 0=5.5 60=2 120=16.5");
    assertThat(kept.texts("min(s(\"a\",\"*\"))")).containsExactly("{}: 0=1 60=2 120=3");
    assertThat(kept.texts("max(s(\"a\",\"*\"))")).containsExactly("{}: 0=10 60=2 120=30");
    assertThat(kept.texts("sum([s(\"a\",\"*\"), s(\"b\",\"*\")])"))
        .containsExactly("{}: 0=13 60=2 120=37");
  }

  @Test
  void multiply_hasAPointWhereAllHave() throws Exception {
    assertThat(kept.texts("multiply([s(\"a\",\"*\"), s(\"b\",\"*\")])"))
        .containsExactly("{}: 0=20 120=360");
  }

  @Test
  void divideAndSubtract_areOfExactlyTwo() throws Exception {
    assertThat(kept.texts("divide([s(\"a\",\"web-2\"), s(\"a\",\"web-1\")])"))
        .containsExactly("{}: 0=10 120=10");
    assertThat(kept.texts("subtract([s(\"a\",\"web-2\"), s(\"a\",\"web-1\")])"))
        .containsExactly("{}: 0=9 120=27");
    assertThat(kept.texts("divide(s(\"b\",\"*\"))")).isEmpty();
    assertThat(kept.texts("subtract([s(\"a\",\"*\"), s(\"b\",\"*\")])")).isEmpty();
    assertThat(kept.texts("divide([sum(s(\"a\",\"*\")), s(\"none\",\"*\")])")).isEmpty();
  }

  @Test
  void divide_byZeroHasNoPoint() throws Exception {
    assertThat(kept.texts("divide([s(\"a\",\"web-1\"), s(\"b\",\"web-1\")])"))
        .containsExactly("{source=web-1}: 0=0.5 120=0.75");
  }

  @Test
  void functions_ofNothingAreNothing() throws Exception {
    for (final String name : Functions.names()) {
      final String options =
          switch (name) {
            case "scale" -> ", {factor: \"2\"}";
            case "fill" -> ", {value: \"0\"}";
            case "filter" -> ", {gt: \"0\"}";
            case "top", "bottom" -> ", {count: \"1\"}";
            default -> "";
          };
      assertThat(kept.evaluate(name + "([]" + options + ")")).as(name).isEmpty();
    }
    assertThat(kept.evaluate("timeshift(\"1,2d\", [])")).isEmpty();
    assertThat(kept.evaluate("group_by(\"az\", [])")).isEmpty();
    assertThat(kept.evaluate("map({source: \"*\"}, sum(s(\"none\",\"&\")))")).isEmpty();
  }

  @Test
  void combined_isLabelledByWhatTheCompositeFixes() throws Exception {
    final Label one = kept.evaluate("sum(s(\"b\",\"*\"))").get(0).label();
    final Label fixed = kept.evaluate("sum(s(\"b\",\"web-1\"))").get(0).label();
    final Label two = kept.evaluate("sum(s(\"*\",\"web-1\"))").get(0).label();
    final Label mixed =
        kept.evaluate("sum([s(\"a\",\"web-1\"), s(\"a\",\"web-2\")])").get(0).label();

    assertThat(one.tags()).isEmpty();
    assertThat(one.metric()).isEqualTo("b");
    assertThat(fixed.tags()).containsExactly(Map.entry("source", "web-1"));
    assertThat(two.metric()).isNull();
    assertThat(two.tags()).containsExactly(Map.entry("source", "web-1"));
    assertThat(two.selector()).isEqualTo(new Selector("*", "web-1", Map.of()));
    assertThat(mixed.tags()).isEmpty();
    assertThat(mixed.metric()).isEqualTo("a");
    assertThat(mixed.selector()).isNull();
  }

  @Test
  void combined_ofDifferentPeriodsMeetAtEqualTimes() throws Exception {
    kept.add("slow", false, Map.of("source", "web-1"), 120, 100, 200);

    assertThat(kept.texts("sum([s(\"a\",\"web-1\"), s(\"slow\",\"*\")])"))
        .containsExactly("{}: 0=101 60=2 120=203");
    assertThat(kept.texts("divide([s(\"slow\",\"*\"), s(\"a\",\"web-1\")])"))
        .containsExactly("{}: 0=100 120=66.66666666666667");
    assertThat(kept.evaluate("sum([s(\"a\",\"web-1\"), s(\"slow\",\"*\")])").get(0).periodSeconds())
        .isEqualTo(60);
    assertThat(
            kept.evaluate("divide([s(\"a\",\"web-1\"), s(\"slow\",\"*\")])").get(0).periodSeconds())
        .isEqualTo(120);
  }

  @Test
  void scale_takesNumbersAndFractions() throws Exception {
    assertThat(kept.texts("scale(s(\"a\",\"web-1\"),{factor:\"-0.5\"})"))
        .containsExactly("{source=web-1}: 0=-0.5 60=-1 120=-1.5");
    assertThat(kept.texts("scale(s(\"a\",\"web-1\"),{factor:\"1/4\"})"))
        .containsExactly("{source=web-1}: 0=0.25 60=0.5 120=0.75");
    assertThat(kept.texts("scale(s(\"a\",\"web-1\"),{factor:\"1e308\"})"))
        .containsExactly("{source=web-1}: 0=1.0E308");
  }

  @Test
  void abs_dropsTheSign() throws Exception {
    assertThat(kept.texts("abs(scale(s(\"a\",\"web-1\"),{factor:\"-1\"}))"))
        .containsExactly("{source=web-1}: 0=1 60=2 120=3");
  }

  @Test
  void rate_dividesByThePeriod() throws Exception {
    assertThat(kept.texts("rate(s(\"a\",\"web-2\"))"))
        .containsExactly("{source=web-2}: 0=0.16666666666666666 120=0.5");
    assertThat(kept.texts("rate(s(\"a\",\"web-2\"),{duration:\"3600\"})"))
        .containsExactly("{source=web-2}: 0=600 120=1800");
  }

  @Test
  void derive_isOfNeighboursWhateverLiesBetween() throws Exception {
    assertThat(kept.texts("derive(s(\"a\",\"*\"))"))
        .containsExactly("{source=web-1}: 60=1 120=1", "{source=web-2}: 120=20");
    assertThat(kept.texts("derive(s(\"b\",\"*\"))")).containsExactly("{source=web-1}: 60=-2 120=4");
    assertThat(kept.texts("derive(s(\"b\",\"*\"),{detect_reset:\"true\"})"))
        .containsExactly("{source=web-1}: 120=4");
  }

  @Test
  void derive_knowsThatCountersDoNotFall() throws Exception {
    assertThat(kept.texts("derive(s(\"c\",\"*\"))")).containsExactly("{source=web-1}: 60=4 180=10");
    assertThat(kept.texts("derive(s(\"c\",\"*\"),{detect_reset:\"false\"})"))
        .containsExactly("{source=web-1}: 60=4 120=-7 180=10");
    assertThat(kept.texts("derive(derive(s(\"c\",\"*\"),{detect_reset:\"false\"}))"))
        .containsExactly("{source=web-1}: 120=-11 180=17");
  }

  @Test
  void integrate_sumsUp() throws Exception {
    assertThat(kept.texts("integrate(s(\"a\",\"*\"))"))
        .containsExactly("{source=web-1}: 0=1 60=3 120=6", "{source=web-2}: 0=10 120=40");
  }

  @Test
  void window_isOfThePointsBefore() throws Exception {
    kept.gauge("w", "x", 4, 1, 7, 2);

    assertThat(kept.texts("moving_average(s(\"w\",\"*\"),{size:\"2\"})"))
        .containsExactly("{source=x}: 60=2.5 120=4 180=4.5");
    assertThat(kept.texts("window(s(\"w\",\"*\"),{size:\"3\",function:\"median\"})"))
        .containsExactly("{source=x}: 120=4 180=2");
    assertThat(kept.texts("window(s(\"w\",\"*\"),{size:\"2\",function:\"median\"})"))
        .containsExactly("{source=x}: 60=2.5 120=4 180=4.5");
    assertThat(kept.texts("window(s(\"w\",\"*\"),{size:\"3\",function:\"sum\"})"))
        .containsExactly("{source=x}: 120=12 180=10");
    assertThat(kept.texts("window(s(\"w\",\"*\"),{size:\"3\",function:\"min\"})"))
        .containsExactly("{source=x}: 120=1 180=1");
    assertThat(kept.texts("window(s(\"w\",\"*\"),{size:\"3\",function:\"max\"})"))
        .containsExactly("{source=x}: 120=7 180=7");
    assertThat(kept.texts("window(s(\"w\",\"*\"))"))
        .containsExactly("{source=x}: 0=4 60=1 120=7 180=2");
    assertThat(kept.texts("window(s(\"w\",\"*\"),{size:\"5\"})")).containsExactly("{source=x}:");
  }

  @Test
  void fill_putsAPointAtEveryPeriod() throws Exception {
    final Window window = new Window(0, 299, 60);

    assertThat(kept.evaluate("zero_fill(s(\"a\",\"*\"))", window).stream().map(KeptSeries::text))
        .containsExactly(
            "{source=web-1}: 0=1 60=2 120=3 180=0 240=0",
            "{source=web-2}: 0=10 60=0 120=30 180=0 240=0");
    assertThat(
            kept.evaluate("fill(s(\"a\",\"web-2\"),{value:\"-1.5\"})", window).stream()
                .map(KeptSeries::text))
        .containsExactly("{source=web-2}: 0=10 60=-1.5 120=30 180=-1.5 240=-1.5");
    assertThat(
            kept.evaluate("fill(s(\"a\",\"web-2\"),{value:\"last\"})", window).stream()
                .map(KeptSeries::text))
        .containsExactly("{source=web-2}: 0=10 60=10 120=30 180=30 240=30");
  }

  @Test
  void fill_beginsAtAWholePeriod() throws Exception {
    assertThat(
            kept.evaluate("zero_fill(s(\"a\",\"web-2\"))", new Window(30, 150, 60)).stream()
                .map(KeptSeries::text))
        .containsExactly("{source=web-2}: 0=10 60=0 120=30");
  }

  @Test
  void fill_ofLastBeginsWithTheFirst() throws Exception {
    kept.gauge("late", "x", NONE, NONE, 5);

    assertThat(
            kept
                .evaluate("fill(s(\"late\",\"*\"),{value:\"last\"})", new Window(0, 200, 60))
                .stream()
                .map(KeptSeries::text))
        .containsExactly("{source=x}: 120=5 180=5");
  }

  @Test
  void filter_takesSeriesWithinTheBounds() throws Exception {
    assertThat(sources("filter(s(\"a\",\"*\"),{gt:\"2\"})")).containsExactly("web-2");
    assertThat(sources("filter(s(\"a\",\"*\"),{gte:\"2\"})")).containsExactly("web-1", "web-2");
    assertThat(sources("filter(s(\"a\",\"*\"),{lt:\"20\"})")).containsExactly("web-1");
    assertThat(sources("filter(s(\"a\",\"*\"),{lte:\"20\"})")).containsExactly("web-1", "web-2");
    assertThat(sources("filter(s(\"a\",\"*\"),{gt:\"3\",lt:\"30\",function:\"max\"})")).isEmpty();
    assertThat(sources("filter(s(\"a\",\"*\"),{lt:\"7\",function:\"sum\"})"))
        .containsExactly("web-1");
    assertThat(sources("filter(s(\"a\",\"*\"),{gt:\"9\",function:\"min\"})"))
        .containsExactly("web-2");
  }

  @Test
  void topAndBottom_rankSeries() throws Exception {
    kept.gauge("a", "web-3", 5, 5, 5);

    assertThat(sources("top(s(\"a\",\"*\"),{count:\"2\"})")).containsExactly("web-2", "web-3");
    assertThat(sources("bottom(s(\"a\",\"*\"),{count:\"2\"})")).containsExactly("web-1", "web-3");
    assertThat(sources("top(s(\"a\",\"*\"),{count:\"9\",function:\"min\"})"))
        .containsExactly("web-2", "web-3", "web-1");
    assertThat(sources("bottom(s(\"a\",\"*\"),{\"count\":\"1\",\"function\":\"sum\"})"))
        .containsExactly("web-1");
  }

  private List<String> sources(String composite) throws Exception {
    return kept.evaluate(composite).stream().map(s -> s.label().tags().get("source")).toList();
  }

  @Test
  void timeshift_showsThenAsNow() throws Exception {
    final Window window = new Window(120, 239, 60);

    assertThat(
            kept.evaluate("timeshift(\"0,1,2m\", s(\"a\",\"web-1\"))", window).stream()
                .map(KeptSeries::text))
        .containsExactly(
            "{source=web-1}: 120=3", "{source=web-1}: 120=2 180=3", "{source=web-1}: 120=1 180=2");
    assertThat(
            kept.evaluate("timeshift(\"+2m\", s(\"a\",\"web-1\"))", new Window(0, 59, 60)).stream()
                .map(KeptSeries::text))
        .containsExactly("{source=web-1}: 0=3");
    assertThat(
            kept.evaluate("timeshift(\"-60\", s(\"a\",\"web-1\"))", window).stream()
                .map(KeptSeries::text))
        .containsExactly("{source=web-1}: 120=2 180=3");
  }

  @Test
  void timeshift_keepsTimesAtTheirPeriod() throws Exception {
    assertThat(
            kept
                .evaluate("timeshift(\"90s\", s(\"a\",\"web-1\"))", new Window(120, 239, 60))
                .stream()
                .map(KeptSeries::text))
        .containsExactly("{source=web-1}: 60=1 120=2 180=3");
  }

  @Test
  void groupBy_computesOnceForEachGroup() throws Exception {
    assertThat(kept.texts("group_by(\"region\", sum(s(\"t\",{\"region\":\"us*\"})))"))
        .containsExactly("{region=us-east}: 0=4 60=6", "{region=us-west}: 0=5 60=6");
    assertThat(kept.texts("group_by(\"az,region\", sum(s(\"t\",{})))"))
        .containsExactly(
            "{az=b, region=us-east}: 0=1 60=2", "{az=b, region=us-west}: 0=5 60=6",
            "{az=c, region=us-east}: 0=3 60=4", "{az=e, region=eu-west}: 0=7 60=8");
    assertThat(kept.texts("max(group_by(\"az\", sum(s(\"t\",\"*\"))))"))
        .containsExactly("{}: 0=7 60=8");
  }

  @Test
  void map_computesOnceForEachSource() throws Exception {
    kept.gauge("b", "web-2", 5, 5, 5).gauge("b", "db", 1, 1, 1);

    assertThat(kept.texts("map({source:\"web*\"}, divide([s(\"a\",\"&\"), s(\"b\",\"&\")]))"))
        .containsExactly("{source=web-1}: 0=0.5 120=0.75", "{source=web-2}: 0=2 120=6");
    assertThat(
            kept.texts("map({source:\"%\"}, subtract([s(\"b\",\"&\"), mean(s(\"b\",\"web*\"))]))"))
        .containsExactly(
            "{}: 0=-2.5 60=-1.5 120=-3.5",
            "{}: 0=-1.5 60=-2.5 120=-0.5",
            "{}: 0=1.5 60=2.5 120=0.5");
  }

  @Test
  void map_goesOverMetricsAndTags() throws Exception {
    assertThat(kept.texts("map({metric:\"*\"}, sum(s(\"&\",{\"source\":\"web*\"})))"))
        .containsExactly("{}: 0=11 60=2 120=33", "{}: 0=2 60=0 120=4", "{}: 0=5 60=9 120=2 180=12");
    assertThat(kept.texts("map({region:\"us*\"}, sum(s(\"t\",{\"region\":\"&\"})))"))
        .containsExactly("{region=us-east}: 0=4 60=6", "{region=us-west}: 0=5 60=6");
  }

  @Test
  void map_knowsSeriesOfNoSource() throws Exception {
    kept.tagged("n", Map.of(), 1, 2).gauge("n", "x", 3, 4);

    assertThat(kept.texts("map({source:\"*\"}, sum(s(\"n\",\"&\")))"))
        .containsExactly("{}: 0=1 60=2", "{source=x}: 0=3 60=4");
  }

  @Test
  void series_areReadOnce() throws Exception {
    kept.evaluate("[s(\"a\",\"*\"), s(\"a\",\"%\"), map({source:\"*\"}, s(\"a\",\"&\"))]");

    assertThat(kept.asked).hasSize(1);
  }
}
