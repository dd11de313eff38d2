package dev.acktask.operator.discovery;

import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.time.Instant;

/** Builds entries of lists. */
public final class ListedTasks {
  /** The time of all tests. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private String type = "cluster_upgrade";
  private String state = "running";
  private Instant created = NOW;
  private final String id;

  private ListedTasks(String id) {
    this.id = id;
  }

  /** A running upgrade that was created now. */
  public static ListedTasks task(String id) {
    return new ListedTasks(id);
  }

  public ListedTasks type(String type) {
    this.type = type;
    return this;
  }

  public ListedTasks state(String state) {
    this.state = state;
    return this;
  }

  public ListedTasks created(Instant created) {
    this.created = created;
    return this;
  }

  /** Created this long before {@link #NOW}. */
  public ListedTasks age(Duration age) {
    return created(NOW.minus(age));
  }

  public ListedTask build() {
    return new ListedTask(TaskRef.parse(id).orElseThrow(), type, state, created, null);
  }
}
