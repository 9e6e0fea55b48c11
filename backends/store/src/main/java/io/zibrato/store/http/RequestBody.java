package io.zibrato.store.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the body of a request: JSON as its standard has it, or a form with names like {@code
 * gauges[0][name]}.
 */
final class RequestBody {
  static final int MAX_BYTES = 4 << 20;

  private RequestBody() {}

  /**
   * The body as one JSON object; that of an empty body is empty.
   *
   * @throws ApiError 413 over {@link #MAX_BYTES}, packed or unpacked, 415 for another content type
   *     or encoding, 400 if it cannot be read
   */
  static JsonObject read(Request request) throws ApiError, IOException {
    final byte[] sent = bytes(request);
    if (sent.length == 0) {
      return new JsonObject();
    }
    final byte[] bytes = decoded(sent, request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
    return switch (mediaType(request)) {
      case "application/json" -> json(text(bytes));
      case "application/x-www-form-urlencoded" -> FormBody.parse(text(bytes));
      default ->
          throw ApiError.request(
              415, "Content-Type must be application/json or application/x-www-form-urlencoded");
    };
  }

  private static byte[] bytes(Request request) throws ApiError, IOException {
    final InputStream in = Content.Source.asInputStream(request);
    final byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      // A client that is still sending does not read the answer: take in a bounded rest first.
      in.skip(4L * MAX_BYTES);
      throw tooLarge();
    }
    return bytes;
  }

  private static byte[] decoded(byte[] sent, String encoding) throws ApiError {
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return sent;
    }
    if (!encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("x-gzip")) {
      throw ApiError.request(415, "Content-Encoding " + encoding + " is not supported");
    }
    final byte[] bytes;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw ApiError.request(400, "The body is not what gzip makes: " + firstLine(e));
    }
    if (bytes.length > MAX_BYTES) {
      throw tooLarge();
    }
    return bytes;
  }

  private static ApiError tooLarge() {
    return ApiError.request(413, "The body is larger than " + MAX_BYTES + " bytes");
  }

  private static String mediaType(Request request) {
    final String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static String text(byte[] bytes) throws ApiError {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.request(400, "The body is not UTF-8");
    }
  }

  private static JsonObject json(String text) throws ApiError {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      final JsonElement element = JsonParser.parseReader(reader);
      if (element.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
        return element.getAsJsonObject();
      }
    } catch (JsonParseException | IOException e) {
      throw ApiError.request(400, "The body is not JSON: " + firstLine(e));
    }
    throw ApiError.request(400, "The body is not one JSON object");
  }

  private static String firstLine(Exception e) {
    final Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
