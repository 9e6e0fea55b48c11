package io.zibrato.backends.statvent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  @Test
  void eachProcess_hasItsOwnSamples() {
    Map<String, Answer> answers = new TreeMap<>();
    answers.put("1", told("a.b: 1\n9 \"x\\y\": 0.5\n"));
    answers.put(
        "2",
        told(
            """
            #zibrato listing: 1
            #zibrato incr: 1
            a.b: 7
            #zibrato set: 1
            users: 3
            #zibrato counter: 1
            users: 4
            #zibrato timer 2000000000 -1:4: 1
            t.count: 5
            #zibrato end: 4
            """));
    answers.put("3", Answer.none(Answer.State.SILENT, ""));

    assertThat(PrometheusText.of(answers).replaceAll("(?<=\\d\\.\\d)\\d+E-10", "E-10"))
        .isEqualTo(
            """
            # TYPE _9__x_y_ untyped
            _9__x_y_{process="1",stat="9 \\"x\\\\y\\""} 0.5
            # TYPE a_b untyped
            a_b{process="1",stat="a.b"} 1
            a_b{process="2",stat="a.b"} 7
            # TYPE statvent_pipe_up gauge
            statvent_pipe_up{process="1"} 1
            statvent_pipe_up{process="2"} 1
            statvent_pipe_up{process="3"} 0
            # TYPE t_seconds summary
            t_seconds{process="2",stat="t",quantile="0.5"} 9.7E-10
            t_seconds{process="2",stat="t",quantile="0.95"} 9.9E-10
            t_seconds{process="2",stat="t",quantile="0.99"} 9.9E-10
            t_seconds_sum{process="2",stat="t"} 2.0
            t_seconds_count{process="2",stat="t"} 5
            # TYPE users gauge
            users{process="2",stat="users"} 3
            # TYPE users_total counter
            users_total{process="2",stat="users"} 4
            """);
  }

  @Test
  void name_isTheSameWhateverOtherProcessesTell() {
    Map<String, Answer> answers = new TreeMap<>();
    answers.put("1", told("x: 1\ny_total: 3\n"));
    String ours = "#zibrato listing: 1\n#zibrato set: 1\nx: 2\n#zibrato counter: 1\ny: 4\n";
    answers.put("2", told(ours + "#zibrato end: 2\n"));

    assertThat(PrometheusText.of(answers))
        .contains(
            "# TYPE x untyped\nx{process=\"1\",stat=\"x\"} 1\nx{process=\"2\",stat=\"x\"} 2\n")
        .contains(
            "# TYPE y_total untyped\ny_total{process=\"1\",stat=\"y_total\"} 3\n"
                + "y_total{process=\"2\",stat=\"y\"} 4\n");
    answers.remove("1");
    assertThat(PrometheusText.of(answers))
        .contains("# TYPE x gauge\nx{process=\"2\",stat=\"x\"} 2\n")
        .contains("# TYPE y_total counter\ny_total{process=\"2\",stat=\"y\"} 4\n");
  }

  @Test
  void metersOfTwoInstancesInOneProcess_areMerged() {
    String meters =
        """
        #zibrato counter: 1
        orders: 2
        #zibrato timer 2000000000 160:2: 1
        t.count: 2
        """;
    String named = "#zibrato listing: 1\n#zibrato incr: 1\nusers: 1\n#zibrato set: 1\nusers: 2\n";
    Map<String, Answer> answers = Map.of("1", told(named + meters + meters + "#zibrato end: 6\n"));

    String text = PrometheusText.of(answers);

    assertThat(text)
        .contains("orders_total{process=\"1\",stat=\"orders\"} 4\n")
        .contains("t_seconds_sum{process=\"1\",stat=\"t\"} 4.0\n")
        .contains("t_seconds_count{process=\"1\",stat=\"t\"} 4\n")
        .contains("users{process=\"1\",stat=\"users\"} 3\n");
    assertThat(text.lines().map(line -> line.replaceAll(" [^ ]*$", ""))).doesNotHaveDuplicates();
  }

  private static Answer told(String text) {
    return Answer.of(ListingParser.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
