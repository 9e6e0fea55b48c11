package io.zibrato.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.zeromq.ZMQ;
import zmq.io.mechanism.curve.Curve;

/**
 * A CURVE certificate in a file of ZeroMQ's property language, as {@code zmq.auth} of Python and
 * {@code ZCert} write and read it: keys in Z85, indented under {@code curve}.
 */
public final class KeyFile {
  public static final String PUBLIC_SUFFIX = ".key";
  public static final String SECRET_SUFFIX = ".key_secret";

  private static final int KEY_BYTES = 32;
  private static final int KEY_CHARACTERS = 40;
  private static final long MAX_FILE_BYTES = 64 * 1024;
  private static final String Z85 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final String publicKey;
  private final Optional<String> secretKey;

  private KeyFile(String publicKey, Optional<String> secretKey) {
    this.publicKey = publicKey;
    this.secretKey = secretKey;
  }

  /** A new pair. */
  public static KeyFile generate() {
    ZMQ.Curve.KeyPair pair = ZMQ.Curve.generateKeyPair();
    return new KeyFile(pair.publicKey, Optional.of(pair.secretKey));
  }

  /**
   * Reads the public key of a file; a secret one in it is not looked at.
   *
   * @throws IOException naming the file, and what is the matter with it
   */
  public static KeyFile readPublic(Path file) throws IOException {
    return new KeyFile(key(file, text(file), "public-key"), Optional.empty());
  }

  /**
   * Reads both keys of a file, which nobody but its owner may have access to.
   *
   * @throws IOException naming the file, and what is the matter with it
   */
  public static KeyFile readSecret(Path file) throws IOException {
    String text = text(file);
    checkOwnersAlone(file);
    String publicKey = key(file, text, "public-key");
    String secretKey = key(file, text, "secret-key");
    if (!match(publicKey, secretKey)) throw unusable(file, "its two keys are no pair");
    return new KeyFile(publicKey, Optional.of(secretKey));
  }

  /** In Z85, 40 characters. */
  public String publicKey() {
    return publicKey;
  }

  byte[] publicBytes() {
    return ZMQ.Curve.z85Decode(publicKey);
  }

  byte[] secretBytes() {
    return ZMQ.Curve.z85Decode(secretKey.orElseThrow());
  }

  /**
   * Writes the public key to a new file, which anybody may read.
   *
   * @throws IOException if there is such a file already; it stays as it is
   */
  public void savePublic(Path file) throws IOException {
    save(file, "rw-r--r--", text("CURVE public key", line("public-key", publicKey)));
  }

  /**
   * Writes both keys to a new file, which from its first byte only its owner may read.
   *
   * @throws IOException if there is such a file already; it stays as it is
   */
  public void saveSecret(Path file) throws IOException {
    String keys = line("public-key", publicKey) + line("secret-key", secretKey.orElseThrow());
    save(file, "rw-------", text("CURVE secret key: keep it where it was made for", keys));
  }

  private static void save(Path file, String permissions, String text) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    try (FileChannel channel = FileChannel.open(file, options, mode)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("there is a key file " + file + " already; it stays as it is", e);
    } catch (UnsupportedOperationException e) {
      throw new IOException("a file system without permissions is no place for " + file, e);
    }
  }

  private static String line(String name, String key) {
    return "    " + name + " = \"" + key + "\"\n";
  }

  private static String text(String title, String keys) {
    return "#   ZeroMQ " + title + "\nmetadata\ncurve\n" + keys;
  }

  private static String text(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) throw unusable(file, "a folder");
      if (Files.size(file) > MAX_FILE_BYTES) throw unusable(file, "too long for one");
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("no key file " + file, e);
    } catch (FileSystemException e) {
      throw new IOException("cannot read key file " + file + ": " + e, e);
    }
  }

  private static String key(Path file, String text, String name) throws IOException {
    for (String line : text.split("\n")) {
      String stripped = line.strip();
      if (!stripped.startsWith(name)) continue;
      String rest = stripped.substring(name.length()).strip();
      if (!rest.startsWith("=")) continue;
      String key = rest.substring(1).strip().replaceAll("^[\"']|[\"']$", "");
      if (!isKey(key)) throw unusable(file, "its " + name + " is none");
      return key;
    }
    throw unusable(file, "has no " + name);
  }

  /** JeroMQ's decoder takes any text, and fails on some. */
  private static boolean isKey(String key) {
    if (key.length() != KEY_CHARACTERS) return false;
    for (int i = 0; i < KEY_CHARACTERS; i += 5) {
      long value = 0;
      for (int j = i; j < i + 5; j++) {
        int digit = Z85.indexOf(key.charAt(j));
        if (digit < 0) return false;
        value = 85 * value + digit;
      }
      if (value > 0xFFFF_FFFFL) return false;
    }
    return true;
  }

  /** Whether what is sealed with one can be opened with the other. */
  private static boolean match(String publicKey, String secretKey) {
    Curve curve = new Curve();
    byte[][] other = curve.keypair();
    byte[] there = new byte[2 * KEY_BYTES];
    byte[] back = new byte[2 * KEY_BYTES];
    byte[] plain = new byte[2 * KEY_BYTES];
    byte[] nonce = new byte[24];
    curve.box(there, plain, plain.length, nonce, ZMQ.Curve.z85Decode(publicKey), other[1]);
    curve.box(back, plain, plain.length, nonce, other[0], ZMQ.Curve.z85Decode(secretKey));
    return Arrays.equals(there, back);
  }

  private static void checkOwnersAlone(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) return; // a file system that has no such thing
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.stream().noneMatch(OTHERS::contains)) return;
    String mode = PosixFilePermissions.toString(permissions);
    String octal = Integer.toOctalString(octal(permissions));
    throw unusable(
        file,
        "others than its owner have access: mode 0" + octal + " (" + mode + "); chmod 600 ends it");
  }

  private static int octal(Set<PosixFilePermission> permissions) {
    int octal = 0;
    for (PosixFilePermission each : permissions) {
      octal |= 1 << (PosixFilePermission.values().length - 1 - each.ordinal());
    }
    return octal;
  }

  private static IOException unusable(Path file, String why) {
    return new IOException("key file " + file + ": " + why);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "KeyFile[" + publicKey + ']';
  }
}
