package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.text.BoundedText;
import java.util.List;

/**
 * Names as a text of at most {@link GateStatus#MAX_BLOCKING} UTF-16 units: {@code a, b and 3 more}.
 */
final class NameList {
  private static final int MAX = GateStatus.MAX_BLOCKING;

  private NameList() {}

  /** All names, as far as they fit. */
  static String of(List<String> names) {
    return of(names, names.size());
  }

  /**
   * The first names that fit, and the number of the others.
   *
   * @param names at least one
   * @param total number of things, of which {@code names} may have some only
   */
  static String of(List<String> names, int total) {
    StringBuilder text = new StringBuilder();
    int named = 0;
    for (String name : names) {
      int length = text.length() + (named == 0 ? 0 : 2) + name.length();
      if (length + more(total - named - 1).length() > MAX) {
        break;
      }
      text.append(named == 0 ? "" : ", ").append(name);
      named++;
    }
    if (named == 0) {
      String more = more(total - 1);
      return BoundedText.of(names.getFirst(), MAX - more.length()) + more;
    }
    return text.append(more(total - named)).toString();
  }

  private static String more(int number) {
    return number <= 0 ? "" : " and " + number + " more";
  }
}
