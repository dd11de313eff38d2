package dev.acktask.demo.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns like those of kubectl, narrowed to the width of the terminal.
 *
 * @param widths of the columns
 */
record TableLayout(List<Integer> widths) {
  private static final int GAP = 3;

  /** Minimum width of a column; the name column is never narrowed. */
  private static final int LEAST = 6;

  TableLayout {
    widths = List.copyOf(widths);
  }

  /** Narrows the widest column until all fit into {@code available} or have the minimum width. */
  static TableLayout within(int available, List<Integer> wanted) {
    List<Integer> widths = new ArrayList<>(wanted);
    while (total(widths) > available) {
      int widest =
          IntStream.range(1, widths.size())
              .boxed()
              .max(Comparator.comparing(widths::get))
              .orElseThrow();
      if (widths.get(widest) <= LEAST) {
        break;
      }
      widths.set(widest, widths.get(widest) - 1);
    }
    return new TableLayout(widths);
  }

  private static int total(List<Integer> widths) {
    return widths.stream().mapToInt(width -> width + GAP).sum() - GAP;
  }

  String line(List<String> cells, AnsiColors colors) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = fit(cells.get(column), widths.get(column));
      line.append(column == TaskRow.PHASE ? colors.phase(cell) : cell).append(" ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }

  private static String fit(String text, int width) {
    return text.length() > width
        ? text.substring(0, width - 2) + ".."
        : text + " ".repeat(width - text.length());
  }
}
