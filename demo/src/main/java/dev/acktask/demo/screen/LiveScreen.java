package dev.acktask.demo.screen;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** For a terminal: redraws the table in place; other lines scroll above it. */
public final class LiveScreen implements Screen {
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String ERASE_BELOW = "\033[J";

  /** A wrapped line would make the table higher than {@code height} lines. */
  private static final String CLIP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private final PrintStream out;
  private final AnsiColors colors;
  private final TableLayout layout;
  private String table = "";
  private int height;
  private boolean closed;

  /**
   * @param width of the terminal
   */
  public LiveScreen(PrintStream out, AnsiColors colors, int width) {
    this.out = out;
    this.colors = colors;
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
    drawn.append(colors.heading(layout.line(TaskRow.TITLES, new AnsiColors(false)))).append('\n');
    for (TaskRow row : rows) {
      drawn.append(layout.line(row.cells(now), colors)).append('\n');
    }
    String next = CLIP + drawn + WRAP;
    if (next.equals(table)) {
      return; // redrawing flickers
    }
    out.print(HIDE_CURSOR + home() + next);
    out.flush();
    table = next;
    height = rows.size() + 1;
  }

  /** Moves from below the table to its top and erases it. */
  private String home() {
    return height == 0 ? "" : "\033[" + height + "A\r" + ERASE_BELOW;
  }

  /** Keeps the last table on the screen and shows the cursor again. */
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
