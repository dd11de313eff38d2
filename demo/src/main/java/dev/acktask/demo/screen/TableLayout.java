package dev.acktask.demo.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns as kubectl sets them, made narrower where the terminal is.
 *
 * @param widths of the columns
 */
record TableLayout(List<Integer> widths) {
  private static final int GAP = 3;

  /** What a column may be cut to; the name of an object is never cut. */
  private static final int LEAST = 6;

  TableLayout {
    widths = List.copyOf(widths);
  }

  /** Takes from the widest column until all fit into {@code available}, or nothing more gives. */
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

  /** The cells in their columns, the phase in its colour. */
  String line(List<String> cells, Paint paint) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = fit(cells.get(column), widths.get(column));
      line.append(column == TaskRow.PHASE ? paint.phase(cell) : cell).append(" ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }

  private static String fit(String text, int width) {
    return text.length() > width
        ? text.substring(0, width - 2) + ".."
        : text + " ".repeat(width - text.length());
  }
}
