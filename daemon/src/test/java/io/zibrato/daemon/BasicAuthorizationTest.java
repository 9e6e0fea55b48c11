package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BasicAuthorizationTest {
  /** The examples of RFC 7617, sections 2 and 2.1. */
  @Test
  void of_isWhatTheRfcShows() throws Exception {
    assertThat(BasicAuthorization.of("Aladdin", "open sesame"))
        .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(BasicAuthorization.of("test", "123\u00a3")).isEqualTo("Basic dGVzdDoxMjPCow==");
    assertThat(BasicAuthorization.of("", "")).isEmpty();
  }

  @Test
  void of_namesWhatIsMissingOrWrong() {
    assertRefused("", "secret", "--username: missing");
    assertRefused("ali", "", "--password: missing, for --username \"ali\"");
    assertRefused("a:b", "secret", "--username: not usable: \"a:b\"");
    assertRefused("a\nb", "secret", "--username: not usable");
    assertRefused("ali", "secret\n", "--password: has control characters");
  }

  private static void assertRefused(String user, String password, String message) {
    assertThatThrownBy(() -> BasicAuthorization.of(user, password))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("secret");
  }
}
