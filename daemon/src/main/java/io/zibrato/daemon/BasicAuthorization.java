package io.zibrato.daemon;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the flags {@code --username} and {@code --password} say, as HTTP sends it (RFC 7617). */
public final class BasicAuthorization {
  private BasicAuthorization() {}

  /**
   * The value of the header.
   *
   * @param user empty for none
   * @param password empty for none
   * @return empty for none
   * @throws UsageException if there is but one of the two, or one has characters it cannot have; no
   *     message has the password
   */
  public static String of(String user, String password) throws UsageException {
    if (user.isEmpty() && password.isEmpty()) return "";
    if (user.isEmpty()) throw new UsageException("--username: missing, for a password");
    checkUser(user);
    if (password.isEmpty()) {
      throw new UsageException("--password: missing, for --username \"" + user + '"');
    }
    if (hasControls(password)) throw new UsageException("--password: has control characters");
    byte[] both = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /**
   * Whether it can be a user at all.
   *
   * @throws UsageException if it has a colon or control characters
   */
  public static void checkUser(String user) throws UsageException {
    if (user.indexOf(':') >= 0 || hasControls(user)) {
      throw UsageException.notUsable("--username", user);
    }
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
