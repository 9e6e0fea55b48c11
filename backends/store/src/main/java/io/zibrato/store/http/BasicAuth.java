package io.zibrato.store.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * HTTP Basic authentication with the one user there is; lets everyone in when there is none. The
 * token alone will do in place of the user, with no password, as AppOptics has it.
 */
public final class BasicAuth {
  private static final String SCHEME = "basic ";

  private final byte[] expected;
  private final byte[] tokenAlone;

  public BasicAuth(Optional<Credentials> credentials) {
    expected = credentials.map(c -> bytes(c.username() + ":" + c.apitoken())).orElse(null);
    tokenAlone = credentials.map(c -> bytes(c.apitoken() + ":")).orElse(null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Throws 401 unless the request carries the credentials. */
  public void check(Request request) throws ApiError {
    if (expected == null || carriesThem(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
      return;
    }
    throw ApiError.request(
        401,
        "Authorization Required",
        Map.of("WWW-Authenticate", "Basic realm=\"Zibrato store\", charset=\"UTF-8\""));
  }

  private boolean carriesThem(String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    try {
      final byte[] given = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      return MessageDigest.isEqual(expected, given) | MessageDigest.isEqual(tokenAlone, given);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
