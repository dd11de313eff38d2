package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.decision.TaskEvent;
import java.util.List;

/** Tells transitions to people. Best effort: it neither blocks nor throws. */
interface EventPublisher {
  void publish(AckTask task, List<TaskEvent> events);
}
