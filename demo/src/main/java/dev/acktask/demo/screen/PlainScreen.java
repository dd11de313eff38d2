package dev.acktask.demo.screen;

import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For files, pipes and CI: a line for each change, like {@code kubectl get acktasks -w}. */
public final class PlainScreen implements Screen {
  private static final TableLayout LAYOUT = new TableLayout(TaskRow.WIDTHS);
  private static final Paint PAINT = new Paint(false);

  private final PrintStream out;
  private final Map<String, List<String>> shown = new HashMap<>();
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
      if (!closed && row.observed() && !row.look().equals(shown.get(row.name()))) {
        if (shown.isEmpty()) {
          out.println(LAYOUT.line(TaskRow.TITLES, PAINT));
        }
        out.println(LAYOUT.line(row.cells(now), PAINT));
        shown.put(row.name(), row.look());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
