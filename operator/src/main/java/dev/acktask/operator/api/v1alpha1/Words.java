package dev.acktask.operator.api.v1alpha1;

import java.util.Locale;

/** How the API spells the constants of this package. */
final class Words {
  private Words() {}

  /** {@code TASK_NOT_FOUND} as {@code TaskNotFound}. */
  static String camelCase(String constant) {
    StringBuilder word = new StringBuilder(constant.length());
    for (String part : constant.split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
