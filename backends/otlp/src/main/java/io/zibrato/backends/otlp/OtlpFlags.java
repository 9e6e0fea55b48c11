package io.zibrato.backends.otlp;

import com.beust.jcommander.Parameter;
import io.zibrato.backends.TotalsFlags;
import io.zibrato.daemon.Address;
import io.zibrato.daemon.SecondsConverter;
import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The flags of the OTLP worker. */
final class OtlpFlags extends TotalsFlags {
  private static final String HEADERS_VARIABLE = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final Set<String> OURS =
      Set.of("host", "connection", "transfer-encoding", "user-agent", "te", "upgrade");

  @Parameter(
      names = "--url",
      description = "Where the receiver is; /v1/metrics follows, as for OpenTelemetry's exporters")
  private String url = "http://127.0.0.1:4318";

  @Parameter(names = "--encoding", description = "protobuf or json")
  private String encoding = "protobuf";

  @Parameter(
      names = "--header",
      splitter = WholeText.class,
      description =
          "A header of each request, name=value; may come several times. Others may see it in the"
              + " process list, so rather use --header-file, or environment variable "
              + HEADERS_VARIABLE
              + " for secrets")
  private List<String> headers;

  @Parameter(names = "--header-file", description = "A file of such headers, one a line")
  private String headerFile;

  @Parameter(
      names = "--resource",
      splitter = WholeText.class,
      description =
          "An attribute of the resource, name=value; may come several times. service.name is"
              + " zibrato if not given")
  private List<String> resource;

  @Parameter(names = "--no-gzip", description = "Requests are not compressed")
  private boolean plain;

  @Parameter(
      names = "--timeout",
      converter = SecondsConverter.class,
      description = "Seconds that a request may take, fractions allowed")
  private Duration timeout = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private OtlpOptions options;

  OtlpFlags(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What the flags say, once they are checked. */
  OtlpOptions options() {
    return options;
  }

  @Override
  protected void check() throws UsageException {
    super.check();
    URI base = Address.httpBase("--url", url);
    boolean json = encoding.equals("json");
    if (!json && !encoding.equals("protobuf")) {
      throw new UsageException("--encoding: neither protobuf nor json: \"" + encoding + '"');
    }
    options =
        new OtlpOptions(
            totals("otlp"),
            URI.create(base + "/v1/metrics"),
            json,
            headerMap(),
            resourceMap(),
            !plain,
            timeout);
  }

  private Map<String, String> headerMap() throws UsageException {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String inEnvironment = environment.getOrDefault(HEADERS_VARIABLE, "");
    for (String each : inEnvironment.split(",")) {
      if (!each.isBlank()) addHeader(all, decoded(each.strip()), HEADERS_VARIABLE);
    }
    if (headerFile != null) {
      for (String line : lines(headerFile)) {
        if (!line.isBlank()) addHeader(all, line.strip(), "--header-file");
      }
    }
    if (headers != null) for (String each : headers) addHeader(all, each, "--header");
    return all;
  }

  private static String decoded(String text) throws UsageException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UsageException(HEADERS_VARIABLE + ": not percent-encoded");
    }
  }

  private static List<String> lines(String file) throws UsageException {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new UsageException("--header-file: cannot read \"" + file + "\": " + e);
    }
  }

  /** The message has no more than the name: the value may be a secret. */
  private static void addHeader(Map<String, String> all, String text, String from)
      throws UsageException {
    int equals = text.indexOf('=');
    String name = equals < 0 ? "" : text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    String lower = name.toLowerCase(Locale.ROOT);
    boolean usable =
        name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
            && value.chars().allMatch(c -> c >= ' ' && c != 127)
            && !lower.startsWith("content-")
            && !OURS.contains(lower);
    if (!usable) throw new UsageException(from + ": no header name=value: \"" + name + '"');
    all.put(name, value);
  }

  private Map<String, String> resourceMap() throws UsageException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("service.name", "zibrato");
    List<String> given = resource == null ? List.of() : resource;
    List<String> names = new ArrayList<>();
    for (String each : given) {
      String[] pair = each.split("=", 2);
      boolean usable = pair.length == 2 && !pair[0].isBlank() && !pair[1].isEmpty();
      if (!usable || names.contains(pair[0].strip())) {
        throw new UsageException("--resource: not name=value, once each: \"" + each + '"');
      }
      names.add(pair[0].strip());
      all.put(pair[0].strip(), pair[1]);
    }
    return all;
  }
}
