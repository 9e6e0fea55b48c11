package io.zibrato.daemon;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterDescription;
import com.beust.jcommander.ParameterException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Fills a {@link Flags} from a command line and, below it, from the file that {@code --config}
 * names.
 */
final class FlagParser {
  /** A default that is a {@link Duration}, as it shows itself. */
  private static final Pattern DURATION = Pattern.compile("(?<=Default: )PT[0-9.HMS]+");

  private FlagParser() {}

  static void parse(String program, Flags flags, String... args) throws UsageException {
    JCommander commander = commander(program, flags);
    try {
      Properties file = file(valueOf("--config", args));
      checkKeys(commander, file);
      commander.setDefaultProvider(option -> file.getProperty(option.replaceFirst("^-+", "")));
      commander.parse(args);
    } catch (ParameterException e) {
      throw new UsageException(e.getMessage());
    }
    if (!flags.help && !flags.version) flags.check();
  }

  static String usage(String program, Flags flags) {
    StringBuilder usage = new StringBuilder();
    JCommander commander = commander(program, flags);
    // By name, and every process's flags last. JCommander's own way puts what has an order first.
    commander.setParameterDescriptionComparator(
        Comparator.<ParameterDescription>comparingInt(flag -> flag.getParameter().order())
            .thenComparing(ParameterDescription::getLongestName));
    commander.getUsageFormatter().usage(usage);
    return DURATION.matcher(usage).replaceAll(FlagParser::seconds).stripTrailing();
  }

  private static String seconds(MatchResult duration) {
    BigDecimal seconds = BigDecimal.valueOf(Duration.parse(duration.group()).toMillis(), 3);
    return seconds.stripTrailingZeros().toPlainString();
  }

  private static JCommander commander(String program, Flags flags) {
    return JCommander.newBuilder()
        .programName(program)
        .columnSize(120)
        .expandAtSign(false)
        .addObject(flags)
        .build();
  }

  /** How to say what is wrong with the flags, which may keep them from being read. */
  static LogFormat logFormat(String... args) {
    String given = valueOf("--log-format", args);
    try {
      if (given == null) given = file(valueOf("--config", args)).getProperty("log-format");
    } catch (UsageException e) {
      return LogFormat.TEXT; // and the parser will say so
    }
    return LogFormat.JSON.toString().equals(given) ? LogFormat.JSON : LogFormat.TEXT;
  }

  /** The value of a flag that has to be known before the others are read. */
  private static String valueOf(String flag, String[] args) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(flag)) return args[i + 1];
    }
    return null;
  }

  private static Properties file(String config) throws UsageException {
    Properties properties = new Properties();
    if (config == null) return properties;
    try (Reader reader = Files.newBufferedReader(Path.of(config))) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("--config: cannot read \"" + config + "\": " + e);
    }
  }

  private static void checkKeys(JCommander commander, Properties file) throws UsageException {
    commander.createDescriptions();
    for (String key : file.stringPropertyNames()) {
      boolean known =
          commander.getParameters().stream()
              .anyMatch(parameter -> parameter.getParameter().names()[0].equals("--" + key));
      if (!known) throw new UsageException("--config: no such flag: \"" + key + '"');
    }
  }
}
