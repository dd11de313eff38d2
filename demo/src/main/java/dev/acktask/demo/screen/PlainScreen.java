package dev.acktask.demo.screen;

import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For files, pipes and CI: a line for each change, like {@code kubectl get acktasks -w}. */
public final class PlainScreen implements Screen {
  private static final TableLayout LAYOUT = new TableLayout(TaskRow.WIDTHS);
  private static final AnsiColors NO_COLORS = new AnsiColors(false);

  private final PrintStream out;
  private final Map<String, List<String>> printed = new HashMap<>();
  private volatile boolean closed;

  public PlainScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void say(String line) {
    out.println(line);
  }

  @Override
  public void show(List<TaskRow> rows, Instant now) {
    for (TaskRow row : rows) {
      if (!closed && row.observed() && !row.content().equals(printed.get(row.name()))) {
        if (printed.isEmpty()) {
          out.println(LAYOUT.line(TaskRow.TITLES, NO_COLORS));
        }
        out.println(LAYOUT.line(row.cells(now), NO_COLORS));
        printed.put(row.name(), row.content());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
