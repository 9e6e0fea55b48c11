package io.zibrato.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
  @Test
  void parse_nestsWhatIsInBrackets() throws Exception {
    assertThat(
            FormBody.parse(
                "source=a+b&gauges[0][name]=x&gauges%5B0%5D%5Bvalue%5D=1.5&gauges[1][name]=y"))
        .hasToString(
            "{\"source\":\"a b\",\"gauges\":{\"0\":{\"name\":\"x\",\"value\":\"1.5\"},"
                + "\"1\":{\"name\":\"y\"}}}");
  }

  @Test
  void parse_collectsEmptyBrackets() throws Exception {
    assertThat(FormBody.parse("names[]=a&names[]=b")).hasToString("{\"names\":[\"a\",\"b\"]}");
  }

  @Test
  void parse_empty() throws Exception {
    assertThat(FormBody.parse("").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1&a=2",
        "a=1&a[b]=2",
        "a[b]=1&a=2",
        "a[b=1",
        "a[b]c=1",
        "a[1][2][3][4][5][6][7][8]=x",
        "a=%zz",
        "a[]=1&a[b]=2"
      })
  void parse_refusesWhatHasNoOneMeaning(String form) {
    assertThatThrownBy(() -> FormBody.parse(form))
        .isInstanceOf(ApiError.class)
        .hasMessageStartingWith("400");
  }
}
