package dev.acktask.operator.config;

import java.util.regex.Pattern;

/**
 * Detects environment variables that Kubernetes adds to a pod for each Service of its namespace. A
 * Service called {@code acktask} or {@code acktask-…} creates variables with the prefix of the
 * operator's settings, and {@code acktask-management} even one with the name of a setting.
 *
 * <p>Both name and value must match, so that a misspelled setting, such as {@code
 * ACKTASK_MANGEMENT_PORT=9090}, is still reported.
 */
final class ServiceLinks {
  private static final String PROTOCOL = "(tcp|udp|sctp)";
  private static final Pattern URL = Pattern.compile(PROTOCOL + "://[0-9A-Fa-f.:\\[\\]]+:[0-9]+");
  private static final Pattern ADDRESS =
      Pattern.compile("None|[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  private static final Pattern HOST = Pattern.compile("ACKTASK(_[A-Z0-9_]+)?_SERVICE_HOST");
  private static final Pattern PORT =
      Pattern.compile("ACKTASK(_[A-Z0-9_]+)?_SERVICE_PORT(_[A-Z0-9_]+)?");
  private static final Pattern LINK =
      Pattern.compile("ACKTASK(_[A-Z0-9_]+)?_PORT(_[0-9]+_(TCP|UDP|SCTP))?");
  private static final Pattern PART =
      Pattern.compile("ACKTASK(_[A-Z0-9_]+)?_PORT_[0-9]+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)");

  private static final Pattern VALUE_OF_PART =
      Pattern.compile(PROTOCOL + "|" + NUMBER + "|" + ADDRESS);

  private ServiceLinks() {}

  /** Whether the variable {@code name} with {@code value} comes from a Service. */
  static boolean isLink(String name, String value) {
    String text = value.strip();
    return (LINK.matcher(name).matches() && URL.matcher(text).matches())
        || (HOST.matcher(name).matches() && ADDRESS.matcher(text).matches())
        || (PORT.matcher(name).matches() && NUMBER.matcher(text).matches())
        || (PART.matcher(name).matches() && VALUE_OF_PART.matcher(text).matches());
  }
}
