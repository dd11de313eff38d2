package dev.acktask.e2e.gates;

import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results in docs/gating.md: a table for each subject, a row for each state. */
final class ResultsPage {
  private static final Path PAGE = Settings.repository().resolve("docs/gating.md");
  private static final String BEGIN = "<!-- results: ";
  private static final String END = "<!-- results: end -->";

  private final String page;
  private final int start;
  private final int end;

  ResultsPage(String page) {
    this.page = page;
    this.start = page.indexOf('\n', page.indexOf(BEGIN)) + 1;
    this.end = page.indexOf(END);
    if (!page.contains(BEGIN) || end < start) {
      throw new IllegalStateException(PAGE + " has lost its lines " + BEGIN + "… and " + END);
    }
  }

  /** The page as it is. */
  static ResultsPage read() {
    try {
      return new ResultsPage(Files.readString(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A row.
   *
   * @param cells by the title of the tool
   */
  record Row(String subject, String state, Map<String, String> cells) {}

  /** The results. */
  String results() {
    return page.substring(start, end);
  }

  /** Replaces the results in the file. */
  void write(String results) {
    try {
      Files.writeString(PAGE, page.substring(0, start) + results + page.substring(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The present cell of a tool; empty without one. */
  String cell(String subject, String state, String tool) {
    int column = -1;
    String present = "";
    for (String line : results().lines().toList()) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      if (cells.contains(tool)) {
        present = cells.get(1);
        column = cells.indexOf(tool);
      } else if (present.equals(subject) && cells.size() > column && cells.get(1).equals(state)) {
        return cells.get(column);
      }
    }
    return "";
  }

  /** The text of these rows, with the tools in this order. */
  static String of(List<String> tools, List<Row> rows) {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.state()));
      tools.forEach(tool -> cells.add(row.cells().get(tool)));
      tables.computeIfAbsent(row.subject(), subject -> new ArrayList<>()).add(line(cells));
    }
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (subject, lines) -> {
          List<String> head = new ArrayList<>(List.of(subject));
          head.addAll(tools);
          text.append('\n').append(line(head)).append("|---".repeat(head.size())).append("|\n");
          lines.forEach(text::append);
        });
    return text.append('\n').toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
