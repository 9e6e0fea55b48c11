package io.zibrato.store.http;

import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Keeps other sites' pages off. A browser on this machine would let any page it shows send requests
 * to a loopback port: with a form (which carries the page's Origin), or through a name of its own
 * that resolves to 127.0.0.1. Programs send no Origin, and are not concerned.
 */
public final class BrowserGuard {
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(?i)localhost|[^:]+\\.localhost|[0-9.]+|\\[[0-9a-f:.]+]");

  private final boolean localNamesOnly;

  /**
   * Makes one.
   *
   * @param localNamesOnly there are no credentials to keep a page off that reached us under its own
   *     name
   */
  public BrowserGuard(boolean localNamesOnly) {
    this.localNamesOnly = localNamesOnly;
  }

  /** Throws 403 for a request that a page of another site made. */
  public void check(Request request) throws ApiError {
    final String host = request.getHeaders().get(HttpHeader.HOST);
    if (localNamesOnly && host != null && !LOCAL_HOST.matcher(withoutPort(host)).matches()) {
      throw ApiError.request(
          403, "A store without credentials answers to localhost or an address, not to " + host);
    }
    final String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && (host == null || !host.equalsIgnoreCase(authority(origin)))) {
      throw ApiError.request(403, "Requests from pages of other sites are not answered");
    }
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":[0-9]*$", "");
  }

  private static String authority(String origin) {
    try {
      return URI.create(origin).getAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
