package io.zibrato.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ApiTest {
  @Test
  void unread_inTimeOrAtAll() {
    assertThat(Api.unread(new IOException(new TimeoutException())).reply(0).status())
        .isEqualTo(408);
    assertThat(Api.unread(new EOFException()).reply(0).status()).isEqualTo(400);
  }
}
