package dev.acktask.demo.screen;

import java.util.Map;

/**
 * Colors of the terminal.
 *
 * @param on false prints plain text; see https://no-color.org
 */
public record AnsiColors(boolean on) {
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

  /** {@code text} in the color of the phase; surrounding blanks are ignored. */
  String phase(String text) {
    String color = OF_PHASE.get(text.strip());
    return on && color != null ? color + text + RESET : text;
  }

  public String heading(String text) {
    return on ? BOLD + text + RESET : text;
  }
}
