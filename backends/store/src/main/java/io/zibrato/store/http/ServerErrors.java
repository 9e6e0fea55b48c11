package io.zibrato.store.http;

import java.time.Clock;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Has what the server refuses by itself, before {@link Api} sees it, in the API's form. */
public final class ServerErrors extends ErrorHandler {
  private final Clock clock;

  public ServerErrors(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    Api.send(reply(code, message), response, callback);
  }

  private Reply reply(int status, String message) {
    final String said = message == null ? HttpStatus.getMessage(status) : message;
    final ApiError error =
        status < 500 ? ApiError.request(status, said) : ApiError.system(status, said);
    return error.reply(clock.instant().getEpochSecond());
  }
}
