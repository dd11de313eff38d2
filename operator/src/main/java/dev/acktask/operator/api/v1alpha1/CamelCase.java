package dev.acktask.operator.api.v1alpha1;

import java.util.Locale;

/** Names of enum constants in the API. */
final class CamelCase {
  private CamelCase() {}

  /** Converts {@code TASK_NOT_FOUND} to {@code TaskNotFound}. */
  static String of(String constant) {
    StringBuilder name = new StringBuilder(constant.length());
    for (String part : constant.split("_", -1)) {
      name.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
