package io.zibrato.store.composite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a composite.
 *
 * <pre>
 *   set      = call | "[" [ set { "," set } ] "]"
 *   call     = name "(" arguments ")"               nothing between name and parenthesis
 *   arguments of series, s:  string "," ( string | hash ) [ "," hash ]
 *             of timeshift, group_by:  string "," set
 *             of map:  hash "," set
 *             of all others:  set [ "," hash ]
 *   hash     = "{" [ key ":" value { "," key ":" value } ] "}"
 * </pre>
 */
final class Parser {
  private static final int MAX_DEPTH = 32;
  private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9.:_*-]{1,255}");
  private static final int MAX_PATTERN = 255;
  private static final Set<String> SUMMARIES = Set.of("mean", "sum", "min", "max", "count");
  private static final long MAX_PERIOD_SECONDS = 31L * 86_400;

  private final String text;
  private final Lexer lexer;
  private final List<Read> reads = new ArrayList<>();
  private Token token;
  private int depth;
  private String dimension;

  Parser(String text) throws CompositeException {
    this.text = text;
    this.lexer = new Lexer(text);
    token = lexer.next();
  }

  Node parse() throws CompositeException {
    final Node node = set();
    if (token.kind() != Token.Kind.END) {
      throw unexpected("nothing more");
    }
    return node;
  }

  /** Every call of {@code series()} that was read. */
  List<Read> reads() {
    return reads;
  }

  private Node set() throws CompositeException {
    if (++depth > MAX_DEPTH) {
      throw at(token, "nested deeper than " + MAX_DEPTH);
    }
    final Node node;
    if (token.kind() == Token.Kind.NAME) {
      node = call(take());
    } else if (token.is('[')) {
      node = members();
    } else {
      throw unexpected("a function or [");
    }
    depth--;
    return node;
  }

  private Node members() throws CompositeException {
    mark('[');
    final List<Node> nodes = new ArrayList<>();
    if (!token.is(']')) {
      nodes.add(set());
      while (token.is(',')) {
        take();
        nodes.add(set());
      }
    }
    mark(']');
    return new Node.Members(nodes);
  }

  private Node call(Token name) throws CompositeException {
    final boolean special =
        Set.of("s", "series", "timeshift", "group_by", "map").contains(name.text());
    if (!special && !Functions.known(name.text())) {
      throw at(
          name,
          "there is no function "
              + name.text()
              + "; there are series, timeshift, group_by, map, "
              + String.join(", ", Functions.names()));
    }
    if (!token.is('(') || token.position() != name.end()) {
      throw CompositeException.at(text, name.end(), "expected ( right after " + name.text());
    }
    mark('(');
    final Node node =
        switch (name.text()) {
          case "s", "series" -> series(name);
          case "timeshift" -> timeshift();
          case "group_by" -> groupBy();
          case "map" -> mapping();
          default -> apply(name);
        };
    mark(')');
    return node;
  }

  private Node apply(Token name) throws CompositeException {
    final Node set = set();
    final boolean configured = Functions.takesOptions(name.text());
    final boolean given = configured && token.is(',');
    final Options options = options(name, given);
    if (!token.is(')')) {
      throw unexpected(configured && !given ? ", {options} or )" : ")");
    }
    return new Node.Apply(set, Functions.of(name.text(), options));
  }

  private Node timeshift() throws CompositeException {
    final Token shifts = string("the shifts, like \"0,1,2w\"");
    final List<Long> seconds = Shifts.parse(shifts.text());
    if (seconds == null) {
      throw at(shifts, "these are no shifts like \"0,1,2w\", \"7d\" or \"+30m\"");
    }
    mark(',');
    return new Node.Shift(seconds, set());
  }

  private Node groupBy() throws CompositeException {
    final Token names = string("the tags, like \"region,az\"");
    final List<String> tags = new ArrayList<>();
    for (final String name : names.text().split(",", -1)) {
      if (name.isBlank() || tags.contains(name.strip())) {
        throw at(names, "these are no tags like \"region,az\"");
      }
      tags.add(name.strip());
    }
    mark(',');
    return new Node.Group(tags, set());
  }

  private Node mapping() throws CompositeException {
    final Token begin = token;
    if (dimension != null) {
      throw at(begin, "there is no map() within a map()");
    }
    final Hash hash = hash();
    if (hash.values().size() != 1) {
      throw at(begin, "expected what to map over, like {source: \"web*\"}");
    }
    final Map.Entry<String, Token> over = hash.values().entrySet().iterator().next();
    final String pattern = pattern(over.getValue(), over.getKey().equals("metric")).text();
    mark(',');
    dimension = over.getKey();
    final int from = reads.size();
    final Token body = token;
    final Node set = set();
    dimension = null;
    if (reads.subList(from, reads.size()).stream().noneMatch(Read::mapped)) {
      throw at(body, "there is no \"&\" in what map() repeats");
    }
    return new Node.Mapping(pattern.equals("%") ? "*" : pattern, set);
  }

  private Node series(Token name) throws CompositeException {
    final Token metric = string("the metric's name, as a string");
    mapped(metric, "metric");
    if (!metric.text().equals(Read.MAPPED)) {
      pattern(metric, true);
    }
    mark(',');
    String source = null;
    Map<String, String> tags = Map.of();
    if (token.is('{')) {
      tags = tags();
    } else {
      final Token written = string("a source as a string, or tags as {\"name\": \"value\"}");
      mapped(written, "source");
      source = pattern(written, false).text();
    }
    final Options options = options(name, token.is(','));
    final String function = function(options);
    final Long period =
        options.has("period") ? (Long) options.whole("period", 1, MAX_PERIOD_SECONDS) : null;
    final Read read = new Read(new Selector(metric.text(), source, tags), function, period);
    options.refuseOthers();
    reads.add(read);
    return read;
  }

  private Map<String, String> tags() throws CompositeException {
    final Map<String, String> tags = new LinkedHashMap<>();
    for (final Map.Entry<String, Token> tag : hash().values().entrySet()) {
      mapped(tag.getValue(), tag.getKey());
      tags.put(tag.getKey(), pattern(tag.getValue(), false).text());
    }
    return tags;
  }

  /** Checks that {@code &} stands only where map() gives it a value. */
  private void mapped(Token written, String place) throws CompositeException {
    if (written.text().equals(Read.MAPPED) && !place.equals(dimension)) {
      throw at(
          written, "\"&\" stands for a " + place + " only within map({" + place + ": ...}, ...)");
    }
  }

  private Token pattern(Token written, boolean metric) throws CompositeException {
    if (written.kind() != Token.Kind.STRING) {
      throw at(written, "expected a string");
    }
    if (metric && !METRIC.matcher(written.text()).matches()) {
      throw at(written, "a metric's name has at most 255 of A-Za-z0-9.:-_ and *");
    }
    if (written.text().isEmpty() || written.text().length() > MAX_PATTERN) {
      throw at(written, "expected 1 to " + MAX_PATTERN + " characters");
    }
    return written;
  }

  private static String function(Options options) throws CompositeException {
    final String function = options.word("function", null);
    if (function != null && !SUMMARIES.contains(function)) {
      throw options.wrong("function", "must be mean, sum, min, max or count");
    }
    return function;
  }

  /** To be read last of a call's arguments. */
  private Options options(Token function, boolean given) throws CompositeException {
    if (!given) {
      return new Options(text, function, token.position(), new Hash());
    }
    mark(',');
    final Hash hash = hash();
    return new Options(text, function, token.position(), hash);
  }

  private Hash hash() throws CompositeException {
    mark('{');
    final Hash hash = new Hash();
    while (!token.is('}')) {
      if (!hash.values().isEmpty()) {
        mark(',');
      }
      final Token key =
          token(t -> t.kind() == Token.Kind.NAME || t.kind() == Token.Kind.STRING, "a key");
      mark(':');
      final Token value = token(Parser::value, "a value, as a string");
      if (!hash.put(key, value)) {
        throw at(key, key.text() + " is there twice");
      }
    }
    mark('}');
    return hash;
  }

  private static boolean value(Token token) {
    return token.kind() == Token.Kind.STRING
        || token.kind() == Token.Kind.NUMBER
        || token.text().equals("true")
        || token.text().equals("false");
  }

  private Token string(String what) throws CompositeException {
    return token(t -> t.kind() == Token.Kind.STRING, what);
  }

  private void mark(char mark) throws CompositeException {
    token(t -> t.is(mark), String.valueOf(mark));
  }

  private Token token(Predicate<Token> wanted, String what) throws CompositeException {
    if (!wanted.test(token)) {
      throw unexpected(what);
    }
    return take();
  }

  private Token take() throws CompositeException {
    final Token taken = token;
    token = lexer.next();
    return taken;
  }

  private CompositeException unexpected(String expected) {
    return at(token, "expected " + expected);
  }

  private CompositeException at(Token where, String problem) {
    return CompositeException.at(text, where.position(), problem);
  }
}
