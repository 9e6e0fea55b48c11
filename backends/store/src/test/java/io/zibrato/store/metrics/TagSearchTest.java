package io.zibrato.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.store.http.ApiError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSearchTest {
  private static final Map<String, String> TAGS =
      Map.of("region", "us-east-1", "db", "db-prod-1", "name", "web 1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region=us-east* and db=*prod* | true",
        "region=us-west* and db=*prod* | false",
        "region=us-west* or db=*prod* | true",
        "REGION=US-EAST-1 AND DB=* | true",
        "region=us-west* and db=x or name=* | true",
        "region=us-west* and (db=x or name=*) | false",
        "not region=us-west* | true",
        "!region=us-west* and db | true",
        "not (region=us-east* or db=x) | false",
        "region!=us-west* | true",
        "region!=us-east* | false",
        "az!=a | false",
        "region=!us-west* | true",
        "az | false",
        "!az | true",
        "not az and region | true",
        "name=\"web 1\" | true",
        "name=\"web *\" and region | true",
        "  ( region )  | true",
        "region=us-east-1 and not not db | true",
      })
  void parse_finds(String search, boolean found) throws Exception {
    assertThat(TagSearch.parse(search).test(TAGS)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 1",
        "= | 1",
        "region= | 8",
        "region=a b | 10",
        "(region=a | 10",
        "region=a) | 9",
        "region=a and | 13",
        "name=\"web | 10",
        "region=a, db=b | 9",
      })
  void parse_saysWhereItStopped(String search, int character) {
    assertThatThrownBy(() -> TagSearch.parse(search))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("from character " + character + " on");
  }

  @Test
  void parse_isBounded() {
    assertThatThrownBy(() -> TagSearch.parse("(".repeat(4000))).isInstanceOf(ApiError.class);
    assertThatThrownBy(() -> TagSearch.parse("!".repeat(4000))).isInstanceOf(ApiError.class);
    assertThatThrownBy(() -> TagSearch.parse("a".repeat(4097)))
        .hasMessageContaining("is longer than 4096");
  }
}
