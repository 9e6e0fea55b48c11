package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.http.ApiError;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedParserTest {
  private static final long NOW = 1_800_000_000;
  private static final long OLDEST = 1_500_000_000;

  @Test
  void parse_mergesTagsAndLowersThem() throws Exception {
    final List<NewMeasurement> measurements =
        parse(
            "{'tags':{'Region':'US-West','name':'web-prod-3'},'time':1700000000,'measurements':["
                + "{'name':'cpu','value':4.5,'tags':{'NAME':'web-prod-1'}},"
                + "{'name':'memory','value':1,'tags':{'name':null,'az':'e'},'time':1700000001},"
                + "{'name':'none','value':1}]}");

    assertThat(measurements)
        .extracting(NewMeasurement::tags)
        .containsExactly(
            "{\"name\":\"web-prod-1\",\"region\":\"us-west\"}",
            "{\"az\":\"e\",\"region\":\"us-west\"}",
            "{\"name\":\"web-prod-3\",\"region\":\"us-west\"}");
    assertThat(measurements)
        .extracting(NewMeasurement::measureTime)
        .containsExactly(1_700_000_000L, 1_700_000_001L, 1_700_000_000L);
    assertThat(measurements).extracting(NewMeasurement::type).containsOnlyNulls();
  }

  @Test
  void parse_summaryWithDeviation() throws Exception {
    final NewMeasurement measurement =
        parse(
                "{'measurements':[{'name':'cpu','time':1700000000,'period':60,'attributes':"
                    + "{'aggregate':false},'sum':12,'count':3,'min':2,'max':6,'last':2.5,"
                    + "'stddev':2}]}")
            .get(0);

    assertThat(measurement.sumSquares()).isEqualTo(3 * 4 + 48L);
    assertThat(measurement.properties().period()).isEqualTo(60);
    assertThat(measurement.properties().attributes()).hasToString("{\"aggregate\":false}");
    assertThat(
            parse("{'measurements':[{'name':'cpu','sum':12,'count':3,'stddev_m2':12}]}")
                .get(0)
                .sumSquares())
        .isEqualTo(60L);
  }

  @Test
  void parse_periodOfAll() throws Exception {
    assertThat(parse("{'period':60,'measurements':[{'name':'a','value':1}]}").get(0).properties())
        .isEqualTo(new MetricProperties(null, null, 60L, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | \"measurements\":[\"is not present\"]",
        "{'measurements':{}} | \"measurements\":[\"is not an array\"]",
        "{'measurements':[]} | There is no measurement",
        "{'measurements':[3]} | has a measurement that is not a hash",
        "{'measurements':[{'value':1}]} | \"name\":[\"is not present\"]",
        "{'measurements':[{'name':'a b','value':1}]} | \"name\":[\"is not valid",
        "{'measurements':[{'name':'a'}]} | \"value\":[\"is not present\"],\"name\":[\"a\"]",
        "{'measurements':[{'name':'a','value':'x'}]} | \"value\":[\"is not a number\"]",
        "{'measurements':[{'name':'a','value':1,'min':1}]} | \"count\":[\"is not present\"]",
        "{'measurements':[{'name':'a','sum':1}]} | \"count\":[\"is not present\"]",
        "{'measurements':[{'name':'a','count':1}]} | \"sum\":[\"is not present\"]",
        "{'measurements':[{'name':'a','count':1,'sum':1,'value':1}]} | \"value\":[\"must not be",
        "{'measurements':[{'name':'a','count':0,'sum':1}]} | \"count\":[\"must be between",
        "{'measurements':[{'name':'a','count':1,'sum':1,'stddev':-1}]} | \"stddev\":[\"must not be neg",
        "{'measurements':[{'name':'a','count':1,'sum':1,'stddev':1,'stddev_m2':1}]} | \"stddev_m2\":",
        "{'measurements':[{'name':'a','count':1,'sum':1,'last':'x'}]} | \"last\":[\"is not a number\"]",
        "{'measurements':[{'name':'a','value':1,'time':1.5}]} | \"time\":[\"is not an integer\"]",
        "{'measurements':[{'name':'a','value':1,'time':1499999999}]} | \"time\":[\"is too far in the p",
        "{'time':1800086401,'measurements':[{'name':'a','value':1}]} | is too far in the future",
        "{'tags':[],'measurements':[{'name':'a','value':1}]} | \"tags\":[\"is not a hash\"]",
        "{'tags':{'':'x'},'measurements':[{'name':'a','value':1}]} | has a name that is not valid",
        "{'tags':{'a b':'x'},'measurements':[{'name':'a','value':1}]} | has a name that is not valid",
        "{'tags':{'a':''},'measurements':[{'name':'a','value':1}]} | has a value that is not valid",
        "{'tags':{'a':'ä'},'measurements':[{'name':'a','value':1}]} | has a value that is not valid",
        "{'tags':{'a':{}},'measurements':[{'name':'a','value':1}]} | has a value that is not valid",
      })
  void parse_refuses(String body, String error) {
    assertThatThrownBy(() -> parse(body)).isInstanceOf(ApiError.class).hasMessageContaining(error);
  }

  @Test
  void parse_limitsOfTags() throws Exception {
    assertThat(parse(tagged(50))).hasSize(1);
    assertThatThrownBy(() -> parse(tagged(51))).hasMessageContaining("has more than 50 tags");
    final String name = "n".repeat(64);
    final String value = "v".repeat(255);
    assertThat(parse(tagged("'" + name + "':'" + value + "'"))).hasSize(1);
    assertThatThrownBy(() -> parse(tagged("'" + name + "n':'v'")))
        .hasMessageContaining("has a name that is not valid");
    assertThatThrownBy(() -> parse(tagged("'n':'" + value + "v'")))
        .hasMessageContaining("has a value that is not valid");
  }

  private static String tagged(int tags) {
    return tagged(
        IntStream.range(0, tags)
            .mapToObj(i -> "'t" + i + "':'v'")
            .collect(Collectors.joining(",")));
  }

  private static String tagged(String tags) {
    return "{'measurements':[{'name':'a','value':1,'tags':{" + tags + "}}]}";
  }

  private static List<NewMeasurement> parse(String body) throws ApiError {
    return TaggedParser.parse(json(body), new TimeLimits(NOW, OLDEST)).measurements();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace((char) 39, (char) 34)).getAsJsonObject();
  }
}
