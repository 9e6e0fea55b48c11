package io.zibrato.librato;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Notes of each request that a connection is there and that it is about to go out. */
final class Sending extends HttpRequestExecutor {
  private static final String BEGUN = "io.zibrato.librato.sending";

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback informed,
      HttpContext context)
      throws IOException, HttpException {
    context.setAttribute(BEGUN, true);
    return super.execute(request, connection, informed, context);
  }

  static boolean begun(HttpContext context) {
    return context.getAttribute(BEGUN) != null;
  }
}
