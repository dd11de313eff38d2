package dev.acktask.operator.kubernetes;

import java.util.regex.Pattern;

/**
 * Names of objects, as the API server accepts them (RFC 1123). The client puts a name into the path
 * of a request as it is: a name such as {@code ../../other/secrets/key} would request the object of
 * another namespace.
 */
final class ObjectName {
  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private ObjectName() {}

  /** True if each of {@code names} can be the name of an object. */
  static boolean isValid(String... names) {
    for (String name : names) {
      if (!SUBDOMAIN.matcher(name).matches()) {
        return false;
      }
    }
    return true;
  }
}
