package dev.acktask.demo.screen;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** For a terminal: the table is redrawn in place, prose scrolls above it. */
public final class LiveScreen implements Screen {
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String ERASE_BELOW = "\033[J";

  /** A line too long for the window must not become two: the way up would be wrong. */
  private static final String CLIP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private final PrintStream out;
  private final Paint paint;
  private final TableLayout layout;
  private String table = "";
  private int height;
  private boolean closed;

  /**
   * @param width of the terminal
   */
  public LiveScreen(PrintStream out, Paint paint, int width) {
    this.out = out;
    this.paint = paint;
    this.layout = TableLayout.within(width, TaskRow.WIDTHS);
  }

  @Override
  public synchronized void say(String line) {
    out.print(home() + line + "\n" + table);
    out.flush();
  }

  @Override
  public synchronized void show(List<TaskRow> rows, Instant now) {
    if (closed) {
      return;
    }
    StringBuilder drawn = new StringBuilder();
    drawn.append(paint.heading(layout.line(TaskRow.TITLES, new Paint(false)))).append('\n');
    for (TaskRow row : rows) {
      drawn.append(layout.line(row.cells(now), paint)).append('\n');
    }
    String next = CLIP + drawn + WRAP;
    if (next.equals(table)) {
      return; // Needless drawing flickers.
    }
    out.print(HIDE_CURSOR + home() + next);
    out.flush();
    table = next;
    height = rows.size() + 1;
  }

  /** From below the table to its top, with nothing left of it. */
  private String home() {
    return height == 0 ? "" : "\033[" + height + "A\r" + ERASE_BELOW;
  }

  /** Leaves the table as it was last shown, and gives the cursor back. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      table = "";
      height = 0;
      out.print(SHOW_CURSOR);
      out.flush();
    }
  }
}
