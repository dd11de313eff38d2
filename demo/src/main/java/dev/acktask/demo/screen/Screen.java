package dev.acktask.demo.screen;

import java.time.Instant;
import java.util.List;

/** Where the demo is watched. */
public interface Screen extends AutoCloseable {
  /** Prints a line of prose. */
  void say(String line);

  /** Shows the tasks as they are at {@code now}. */
  void show(List<TaskRow> rows, Instant now);

  /** Shows no more tasks, whatever comes; prose still is. */
  @Override
  void close();
}
