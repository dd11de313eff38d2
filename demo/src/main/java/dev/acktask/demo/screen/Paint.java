package dev.acktask.demo.screen;

import java.util.Map;

/**
 * Colours of a terminal, or none.
 *
 * @param on whether there are any; see https://no-color.org
 */
public record Paint(boolean on) {
  private static final String RESET = "\033[0m";
  private static final String BOLD = "\033[1m";
  private static final Map<String, String> OF_PHASE =
      Map.of(
          "Pending", "\033[2m",
          "Running", "\033[36m",
          "Paused", "\033[33m",
          "Unknown", "\033[33m",
          "Succeeded", "\033[32m",
          "Failed", "\033[31m",
          "Canceled", "\033[35m",
          "Stalled", "\033[31m");

  /** {@code text} in the colour of a phase; blanks around the word do not matter. */
  String phase(String text) {
    String colour = OF_PHASE.get(text.strip());
    return on && colour != null ? colour + text + RESET : text;
  }

  /** {@code text} as a heading. */
  public String heading(String text) {
    return on ? BOLD + text + RESET : text;
  }
}
