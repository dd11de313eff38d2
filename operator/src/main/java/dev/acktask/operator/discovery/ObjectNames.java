package dev.acktask.operator.discovery;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.Sha256;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names and label values of the created objects: each follows from its arguments alone, so that a
 * second attempt conflicts with the first.
 */
public final class ObjectNames {
  /** Names of objects (RFC 1123 subdomain). */
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  /** Hexadecimal digits that separate a thousand names of one prefix with a chance of 1:10^6. */
  private static final int HASH_DIGITS = 10;

  private ObjectNames() {}

  /** The task id in lower case if an object can have this name; else {@link #unique}. */
  public static String of(TaskRef task, ConnectionKey connection) {
    String name = lowerCase(task.taskId());
    return name.length() <= MAX_NAME && SUBDOMAIN.matcher(name).matches()
        ? name
        : unique(task, connection);
  }

  /** A name for a task whose first name is taken by an AckTask of another task or connection. */
  public static String unique(TaskRef task, ConnectionKey connection) {
    String hash = hash(connection.kind() + "\n" + connection.label() + "\n" + task.taskId());
    String safe = lowerCase(task.taskId()).replaceAll("[^a-z0-9]+", "-");
    return prefix(safe, MAX_LABEL - HASH_DIGITS - 1) + "-" + hash;
  }

  /**
   * {@code text} as the value of a label: {@code -} for each other character, cut to 63 characters;
   * empty if nothing is left.
   */
  public static String label(String text) {
    String safe = text.replaceAll("[^A-Za-z0-9._-]", "-");
    return strip(safe.length() <= MAX_LABEL ? safe : safe.substring(0, MAX_LABEL));
  }

  /** The label of the discovery with this name; a name that is too long is cut and hashed. */
  public static String discoveryLabel(String name) {
    return name.length() <= MAX_LABEL
        ? name
        : prefix(name, MAX_LABEL - HASH_DIGITS - 1) + "-" + hash(name);
  }

  private static String prefix(String text, int length) {
    return strip(text.length() <= length ? text : text.substring(0, length));
  }

  /** Without characters at the ends that are not alphanumeric. */
  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static String hash(String text) {
    return Sha256.hex(text).substring(0, HASH_DIGITS);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
