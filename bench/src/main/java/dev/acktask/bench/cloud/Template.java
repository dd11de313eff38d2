package dev.acktask.bench.cloud;

import java.util.List;
import java.util.regex.Pattern;

/** A text with placeholders such as {@code @state@}, which is split only once. */
final class Template {
  private static final Pattern MARK = Pattern.compile("@");

  private final List<String> parts;
  private final int length;

  /** Every other part of {@code text} between two {@code @} is a placeholder. */
  Template(String text) {
    this.parts = List.of(MARK.split(text, -1));
    this.length = text.length();
  }

  /**
   * The text with other values.
   *
   * @param values pairs of a placeholder, without its marks, and its value
   * @throws IllegalArgumentException when a placeholder has no value
   */
  String with(String... values) {
    StringBuilder text = new StringBuilder(length + 64);
    for (int part = 0; part < parts.size(); part++) {
      text.append(part % 2 == 0 ? parts.get(part) : value(parts.get(part), values));
    }
    return text.toString();
  }

  private static String value(String placeholder, String... values) {
    for (int pair = 0; pair < values.length; pair += 2) {
      if (values[pair].equals(placeholder)) {
        return values[pair + 1];
      }
    }
    throw new IllegalArgumentException("no value for " + placeholder);
  }
}
