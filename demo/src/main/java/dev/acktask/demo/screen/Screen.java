package dev.acktask.demo.screen;

import java.time.Instant;
import java.util.List;

/** Output of the demo. */
public interface Screen extends AutoCloseable {
  /** Prints a line above the table. */
  void say(String line);

  /** Shows the tasks as they are at {@code now}. */
  void show(List<TaskRow> rows, Instant now);

  /** Stops the table; {@link #say} still prints. */
  @Override
  void close();
}
