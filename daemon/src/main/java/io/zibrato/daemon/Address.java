package io.zibrato.daemon;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses as flags give them; each message names the flag and what it says. */
public final class Address {
  private static final int MAX_PORT = 65_535;

  private Address() {}

  /**
   * An http or https address, with a query or without.
   *
   * @throws UsageException if it is none, or has a user or a fragment
   */
  public static URI http(String flag, String text) throws UsageException {
    URI uri = parsed(text);
    boolean http =
        uri != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    if (http && isPlain(uri)) return uri;
    throw new UsageException(flag + ": not an http or https address: \"" + text + '"');
  }

  /**
   * An http or https address that paths are to follow: without the slashes at its end.
   *
   * @throws UsageException if it is none, or has a user, a query or a fragment
   */
  public static URI httpBase(String flag, String text) throws UsageException {
    URI uri = http(flag, text);
    if (uri.getRawQuery() != null) {
      throw new UsageException(flag + ": has a query: \"" + text + '"');
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  /**
   * A {@code scheme://host:port} of one of the schemes; the port is -1 where none is given.
   *
   * @throws UsageException if it is none, or says more
   */
  public static URI socket(String flag, String text, List<String> schemes) throws UsageException {
    URI uri = parsed(text);
    if (uri != null && isPlain(uri) && uri.getPort() != 0) {
      boolean known = schemes.stream().anyMatch(each -> each.equals(uri.getScheme()));
      boolean bare = uri.getRawQuery() == null && uri.getRawPath().replace("/", "").isEmpty();
      if (known && bare) return uri;
    }
    String forms =
        schemes.stream().map(each -> each + "://host:port").collect(Collectors.joining(" or "));
    throw new UsageException(flag + ": not " + forms + ": \"" + text + '"');
  }

  /**
   * A {@code host:port} to listen on; the host is not looked up.
   *
   * @throws UsageException if it is none
   */
  public static InetSocketAddress hostAndPort(String flag, String text) throws UsageException {
    URI uri = parsed("http://" + text);
    if (uri != null && isPlain(uri) && (uri.getHost() + ':' + uri.getPort()).equals(text)) {
      return InetSocketAddress.createUnresolved(host(uri), uri.getPort());
    }
    throw new UsageException(flag + ": not host:port: \"" + text + '"');
  }

  /** The host, an IPv6 address without its brackets. */
  public static String host(URI uri) {
    return uri.getHost().replaceAll("[\\[\\]]", "");
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isPlain(URI uri) {
    return uri.getHost() != null
        && uri.getPort() <= MAX_PORT
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null;
  }
}
