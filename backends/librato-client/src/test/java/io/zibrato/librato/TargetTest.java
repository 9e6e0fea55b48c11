package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TargetTest {
  @Test
  void of_encodesSegments() {
    assertThat(Target.of("metrics", "a.b:c_d-e")).hasToString("/v1/metrics/a.b:c_d-e");
    assertThat(Target.of("metrics", "a b/c?d#é%"))
        .hasToString("/v1/metrics/a%20b%2Fc%3Fd%23%C3%A9%25");
  }

  @Test
  void of_refusesAnEmptySegment() {
    assertThatThrownBy(() -> Target.of("metrics", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void with_encodesTheQueryAsDocumented() {
    Target target =
        Target.of("measurements", "x")
            .with("sources[]", "db1.acme")
            .with("tags[region]", "us-*")
            .with("tags_search", "region=us-east* and db=*prod*")
            .with("absent", null);

    assertThat(target)
        .hasToString(
            "/v1/measurements/x?sources%5B%5D=db1.acme&tags%5Bregion%5D=us-*"
                + "&tags_search=region%3Dus-east*%20and%20db%3D*prod*");
  }
}
