package io.zibrato.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "server*, server1, true",
    "server*, aserver1, false",
    "*, x, true",
    "a*c, abc, true",
    "a*c, ac, true",
    "a*c, ab, false",
    "*a*b*, xaxbx, true",
    "a.c, abc, false",
    "abc, abc, true",
    "abc, abcd, false"
  })
  void matches(String pattern, String text, boolean matches) {
    assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
  }

  @Test
  void matches_manyStarsInReasonableTime() {
    assertThat(Wildcard.matches("*a".repeat(120) + "b", "a".repeat(255))).isFalse();
  }

  @Test
  void like_takesNothingElseForAWildcard() {
    assertThat(Wildcard.like("a_b%c\\*")).isEqualTo("a\\_b\\%c\\\\%");
  }
}
