package dev.acktask.operator.metrics;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;

/** Counts and times polls. */
final class InstrumentedTaskClient implements TaskClient {
  private final TaskClient client;
  private final OperationMeters meters;

  InstrumentedTaskClient(TaskClient client, OperationMeters meters) {
    this.client = client;
    this.meters = meters;
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    return meters.poll(() -> client.describe(task));
  }

  @Override
  public TaskLookup describe(TaskRef task, AnswerDigest known) {
    return meters.poll(() -> client.describe(task, known));
  }
}
