package io.zibrato.store.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Reply;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a change once however often its request comes: a request with an {@code Idempotency-Key}
 * that was answered before is answered the same, and nothing is changed. Key and change are stored
 * together; a refused change uses up no key.
 */
public final class Repeats {
  /** Longer than workers keep what they could not deliver. */
  private static final int KEY_DAYS = 8;

  private final Writer writer;
  private final Clock clock;

  public Repeats(Writer writer) {
    this(writer, Clock.systemUTC());
  }

  public Repeats(Writer writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Makes the change of a request, and answers with what it returns, or did the first time.
   *
   * @throws ApiError what the change was refused with; 422 if the key was another request's
   */
  public Reply apply(Call call, Writer.Change<Reply> change)
      throws ApiError, SQLException, InterruptedException {
    final String key = call.idempotencyKey();
    if (key == null) {
      return writer.apply(change);
    }
    final String request = call.path();
    final long now = clock.instant().getEpochSecond();
    return writer.apply(
        connection -> {
          final Reply before = answered(connection, key, request);
          if (before != null) {
            return before;
          }
          final Reply reply = change.make(connection);
          keep(connection, key, request, now, reply);
          return reply;
        });
  }

  private static Reply answered(Connection connection, String key, String request)
      throws SQLException, ApiError {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT request, status, headers, body FROM taken WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        if (row.getString(1) == null) {
          return Reply.empty(200); // of a store that took keys for submissions alone
        }
        if (!row.getString(1).equals(request)) {
          throw ApiError.request(422, "Idempotency-Key was used for " + row.getString(1));
        }
        return new Reply(row.getInt(2), headers(row.getString(3)), row.getBytes(4));
      }
    }
  }

  private static Map<String, String> headers(String text) {
    final Map<String, String> headers = new LinkedHashMap<>();
    JsonParser.parseString(text)
        .getAsJsonObject()
        .entrySet()
        .forEach(each -> headers.put(each.getKey(), each.getValue().getAsString()));
    return headers;
  }

  private static void keep(Connection connection, String key, String request, long now, Reply reply)
      throws SQLException {
    final JsonObject headers = new JsonObject();
    reply.headers().forEach(headers::addProperty);
    try (PreparedStatement forget =
            connection.prepareStatement("DELETE FROM taken WHERE taken_at < ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?)")) {
      forget.setLong(1, now - KEY_DAYS * 86_400L);
      forget.executeUpdate();
      insert.setString(1, key);
      insert.setLong(2, now);
      insert.setString(3, request);
      insert.setInt(4, reply.status());
      insert.setString(5, headers.toString());
      insert.setBytes(6, reply.body());
      insert.executeUpdate();
    }
  }
}
