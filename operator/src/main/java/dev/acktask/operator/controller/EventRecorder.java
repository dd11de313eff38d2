package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.decision.TaskEvent;
import java.util.List;

/** Records Kubernetes Events. Best effort: it neither blocks nor throws. */
public interface EventRecorder {
  void publish(AckTask task, List<TaskEvent> events);
}
