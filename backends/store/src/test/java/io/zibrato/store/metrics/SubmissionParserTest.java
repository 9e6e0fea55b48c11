package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.http.ApiError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionParserTest {
  private static final long NOW = 1_800_000_000;

  @Test
  void parse_arrayAndHashesAreTheSame() throws Exception {
    final List<NewMeasurement> array = parse("{'gauges':[{'name':'a','value':2,'source':'s'}]}");

    assertThat(parse("{'gauges':{'a':{'value':2,'source':'s'}}}")).isEqualTo(array);
    assertThat(parse("{'gauges':{'0':{'name':'a','value':'2','source':'s'}}}")).isEqualTo(array);
    assertThat(array)
        .containsExactly(
            new NewMeasurement(
                MetricType.GAUGE,
                "a",
                "{\"source\":\"s\"}",
                NOW,
                1,
                2L,
                2L,
                2L,
                null,
                MetricProperties.NONE));
  }

  @Test
  void parse_ownSourceAndTimeGoBeforeTheCommonOnes() throws Exception {
    final List<NewMeasurement> measurements =
        parse(
            "{'source':'common','measure_time':1700000000,'counters':[{'name':'a','value':1},"
                + "{'name':'b','value':1,'source':'own','measure_time':1700000001}]}");

    assertThat(measurements)
        .extracting(NewMeasurement::tags)
        .containsExactly("{\"source\":\"common\"}", "{\"source\":\"own\"}");
    assertThat(measurements)
        .extracting(NewMeasurement::measureTime)
        .containsExactly(1_700_000_000L, 1_700_000_001L);
  }

  @Test
  void parse_ownPeriodGoesBeforeTheCommonOne() throws Exception {
    final List<NewMeasurement> measurements =
        parse(
            "{'period':60,'gauges':[{'name':'a','value':1},{'name':'b','value':1,'period':5}],"
                + "'counters':[{'name':'c','value':1}]}");

    assertThat(measurements).extracting(m -> m.properties().period()).containsExactly(60L, 5L, 60L);
  }

  @Test
  void parse_nullCountsAsNotPresent() throws Exception {
    final NewMeasurement measurement =
        parse("{'source':null,'gauges':[{'name':'a','value':1,'source':null,'count':null}]}")
            .get(0);

    assertThat(measurement.tags()).isEqualTo("{}");
  }

  @Test
  void parse_samples() throws Exception {
    assertThat(parse("{'gauges':[{'name':'a','count':2,'sum':5,'max':4}]}"))
        .containsExactly(
            new NewMeasurement(
                MetricType.GAUGE, "a", "{}", NOW, 2, 5L, null, 4L, null, MetricProperties.NONE));
  }

  @Test
  void parse_properties() throws Exception {
    final MetricProperties said =
        parse(
                "{'gauges':[{'name':'a','value':1,'display_name':'A','description':'d','period':60,"
                    + "'attributes':{'display_min':0}}]}")
            .get(0)
            .properties();

    assertThat(said)
        .isEqualTo(new MetricProperties("A", "d", 60L, json("{'display_min':0}"), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | There is no gauge or counter measurement",
        "{'gauges':[]} | There is no gauge or counter measurement",
        "{'gauges':3} | \"gauges\":[\"is neither an array nor a hash\"]",
        "{'gauges':[3]} | \"gauges\":[\"has a measurement that is not a hash\"]",
        "{'gauges':[{'value':1}]} | {\"params\":{\"name\":[\"is not present\"]}}",
        "{'gauges':[{'name':'a b','value':1}]} | \"name\":[\"is not valid",
        "{'gauges':[{'name':'','value':1}]} | \"name\":[\"is not valid",
        "{'gauges':{'':{'value':1}}} | \"name\":[\"is not valid",
        "{'gauges':[{'name':true,'value':1}]} | \"name\":[\"is not valid",
        "{'gauges':[{'name':'a'}]} | \"value\":[\"is not present\"],\"name\":[\"a\"]",
        "{'gauges':[{'name':'a','value':'x'}]} | \"value\":[\"is not a number\"]",
        "{'gauges':[{'name':'a','value':true}]} | \"value\":[\"is not a number\"]",
        "{'gauges':[{'name':'a','value':1e127}]} | \"value\":[\"is not a number\"]",
        "{'gauges':[{'name':'a','value':{'x':1}}]} | \"value\":[\"is not valid\"]",
        "{'gauges':[{'name':'a','value':1,'count':1,'sum':1}]} | \"value\":[\"must not be present",
        "{'gauges':[{'name':'a','count':1}]} | \"sum\":[\"is not present\"]",
        "{'gauges':[{'name':'a','sum':1}]} | \"count\":[\"is not present\"]",
        "{'gauges':[{'name':'a','value':1,'max':1}]} | \"count\":[\"is not present\"]",
        "{'gauges':[{'name':'a','count':0,'sum':1}]} | \"count\":[\"must be between 1",
        "{'gauges':[{'name':'a','count':1.5,'sum':1}]} | \"count\":[\"is not an integer\"]",
        "{'gauges':[{'name':'a','count':1,'sum':1,'min':'x'}]} | \"min\":[\"is not a number\"]",
        "{'counters':[{'name':'a','value':-1}]} | \"value\":[\"must be positive\"]",
        "{'gauges':[{'name':'a','value':1,'source':'a b'}]} | \"source\":[\"is not valid",
        "{'gauges':[{'name':'a','value':1,'source':'ALL'}]} | \"source\":[\"must not be 'all'",
        "{'gauges':[{'name':'a','value':1,'measure_time':1.5}]} | \"measure_time\":[\"is not an int",
        "{'gauges':[{'name':'a','value':1,'measure_time':946684799}]} | too far in the past",
        "{'gauges':[{'name':'a','value':1,'measure_time':1800086401}]} | too far in the future",
        "{'measure_time':1,'gauges':[{'name':'a','value':1}]} | too far in the past",
        "{'gauges':[{'name':'a','value':1,'period':0}]} | \"period\":[\"must be between 1",
        "{'gauges':[{'name':'a','value':1,'attributes':3}]} | \"attributes\":[\"is not a hash\"]",
      })
  void parse_refuses(String body, String error) {
    assertThatThrownBy(() -> parse(body)).isInstanceOf(ApiError.class).hasMessageContaining(error);
  }

  @Test
  void parse_limits() throws Exception {
    final String ok = "a".repeat(255);

    assertThat(parse("{'gauges':{'" + ok + "':{'value':1,'source':'" + ok + "'}}}")).hasSize(1);
    assertThat(parse("{'gauges':[{'name':'a','value':1,'measure_time':946684800}]}")).hasSize(1);
    assertThat(parse("{'gauges':[{'name':'a','value':1,'measure_time':1800086400}]}")).hasSize(1);
    assertThatThrownBy(() -> parse("{'gauges':{'" + ok + "a':{'value':1}}}"))
        .hasMessageContaining("is not valid");
  }

  @Test
  void parse_refusesTooManyMeasurements() {
    final String one = "{'name':'a','value':1},";
    final String many = one.repeat(SubmissionParser.MAX_MEASUREMENTS);

    assertThatThrownBy(() -> parse("{'gauges':[" + many + "{'name':'a','value':1}]}"))
        .hasMessageStartingWith("413");
  }

  private static List<NewMeasurement> parse(String body) throws ApiError {
    return SubmissionParser.parse(json(body), new TimeLimits(NOW, 0)).measurements();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace((char) 39, (char) 34)).getAsJsonObject();
  }
}
