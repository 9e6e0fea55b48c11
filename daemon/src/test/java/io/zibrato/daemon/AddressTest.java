package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final List<String> SCHEMES = List.of("udp", "tcp");

  private static void assertRefused(ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--url: ")
        .hasMessageEndingWith(": \"" + text + '"');
  }

  @Test
  void http_isTakenAsItIs() throws Exception {
    assertThat(Address.http("--url", "https://[::1]:8/a/?b=c").toString())
        .isEqualTo("https://[::1]:8/a/?b=c");
    assertThat(Address.httpBase("--url", "http://web.example//").toString())
        .isEqualTo("http://web.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "web:80",
        "//web",
        "ftp://web",
        "http://",
        "http:///a",
        "http://u:p@web",
        "http://web:99999",
        "http://web/#a",
        "http://we b",
        "HTTP//web"
      })
  void http_thatIsNone(String text) {
    assertRefused(() -> Address.http("--url", text), text);
    assertRefused(() -> Address.httpBase("--url", text), text);
    assertRefused(() -> Address.socket("--url", text, SCHEMES), text);
  }

  @Test
  void httpBase_withAQuery() {
    assertRefused(() -> Address.httpBase("--url", "http://web/?a=b"), "http://web/?a=b");
  }

  @Test
  void socket_withAPortOrWithout() throws Exception {
    assertThat(Address.socket("--url", "udp://web:8125", SCHEMES).getPort()).isEqualTo(8125);
    assertThat(Address.socket("--url", "tcp://web/", SCHEMES).getPort()).isEqualTo(-1);
    assertThat(Address.host(Address.socket("--url", "tcp://[::1]:1", SCHEMES))).isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://web:0", "tcp://web:1/a", "tcp://web?a", "tcp:web:1", "http://web"})
  void socket_thatIsNone(String text) {
    assertRefused(() -> Address.socket("--url", text, SCHEMES), text);
  }

  @Test
  void socket_saysWhatWouldDo() {
    assertThatThrownBy(() -> Address.socket("--url", "x", SCHEMES))
        .hasMessage("--url: not udp://host:port or tcp://host:port: \"x\"");
  }

  @Test
  void hostAndPort() throws Exception {
    assertThat(Address.hostAndPort("--url", "[::]:0").getHostString()).isEqualTo("::");
    assertThat(Address.hostAndPort("--url", "web:9464").getPort()).isEqualTo(9464);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "web", ":1", "web:", "web:65536", "web:1/", "u@web:1", "a b:1"})
  void hostAndPort_thatIsNone(String text) {
    assertRefused(() -> Address.hostAndPort("--url", text), text);
  }
}
