package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a status under {@link #LIMIT}. It drops the least important details first; phase,
 * conditions and error are never dropped.
 */
public final class StatusBudget {
  /** Maximum size of a status as JSON, in bytes; far below the limit of etcd (1.5 MiB). */
  static final int LIMIT = 64 * 1024;

  /** Upper bound for a field's name, quotes, colon, comma and braces, in bytes. */
  private static final int PER_FIELD = 26;

  private StatusBudget() {}

  /** True for a status above {@link #LIMIT}, which the operator cannot have written. */
  public static boolean isExceededBy(AckTaskStatus status) {
    return size(status) > LIMIT;
  }

  /** {@code status} without the details that exceed the limit. */
  static AckTaskStatus fit(AckTaskStatus status) {
    long over = size(status) - LIMIT;
    if (over <= 0) {
      return status;
    }
    Parts parts = new Parts(status, over);
    parts.dropOutputs();
    parts.dropParameters();
    parts.dropEvents();
    parts.dropResults();
    parts.dropStageMessages();
    parts.dropStages();
    parts.dropStageTransitions();
    return parts.status();
  }

  /** Upper bound of the size of {@code status} as JSON, in bytes. */
  static long size(AckTaskStatus s) {
    AckTaskStatus.Target target = s.target();
    AckTaskStatus.Problem error = s.error();
    AckTaskStatus.Connection connection = s.connection();
    return 500
        + text(s.reason(), s.message(), s.taskId(), s.state(), s.taskType(), s.clusterId())
        + text(s.currentStage(), s.createdTime(), s.updatedTime(), s.startTime())
        + text(s.completionTime(), s.progress(), s.parameters(), s.requestId())
        + text(s.lastHandledRefreshAt())
        + (connection == null
            ? 0
            : text(
                connection.kind(),
                connection.namespace(),
                connection.name(),
                connection.regionId()))
        + (target == null ? 0 : text(target.id(), target.type()))
        + (error == null ? 0 : text(error.code(), error.message()))
        + text(s.estimatedCompletionTime())
        + sum(s.stageTransitions(), StatusBudget::transition)
        + sum(s.stages(), StatusBudget::stage)
        + sum(s.events(), StatusBudget::event)
        + sum(s.results(), StatusBudget::result)
        + sum(s.conditions(), StatusBudget::condition);
  }

  private static long transition(AckTaskStatus.StageTransition transition) {
    return text(transition.stage(), transition.firstSeenTime());
  }

  private static long stage(AckTaskStatus.Stage stage) {
    return text(
        stage.state(), stage.startTime(), stage.endTime(), stage.message(), stage.outputs());
  }

  private static long event(AckTaskStatus.Event e) {
    return text(e.time(), e.level(), e.action(), e.reason(), e.message(), e.source());
  }

  private static long result(AckTaskStatus.Result result) {
    return text(result.data(), result.status());
  }

  private static long condition(Condition c) {
    return 30 + text(c.type(), c.status(), c.reason(), c.message(), c.lastTransitionTime());
  }

  private static <T> long sum(List<T> items, ToLongFunction<T> size) {
    return items.stream().mapToLong(size).sum();
  }

  private static long text(@Nullable String... texts) {
    long size = 0;
    for (String text : texts) {
      size += PER_FIELD + (text == null ? 0 : bytes(text));
    }
    return size;
  }

  /** Bytes of {@code text} in UTF-8 with JSON's escapes. */
  private static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        bytes += 6;
      } else if (c == '"' || c == '\\') {
        bytes += 2;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }

  /** The droppable parts of a status, and the bytes still to drop. */
  private static final class Parts {
    private final AckTaskStatus from;
    private long over;
    private final List<AckTaskStatus.StageTransition> transitions;
    private final List<AckTaskStatus.Stage> stages;
    private final List<AckTaskStatus.Event> events;
    private final List<AckTaskStatus.Result> results;
    private @Nullable String parameters;
    private int stagesOmitted;
    private int eventsOmitted;
    private int resultsOmitted;
    private int fieldsOmitted;

    Parts(AckTaskStatus from, long over) {
      this.from = from;
      this.over = over;
      this.transitions = new ArrayList<>(from.stageTransitions());
      this.stages = new ArrayList<>(from.stages());
      this.events = new ArrayList<>(from.events());
      this.results = new ArrayList<>(from.results());
      this.parameters = from.parameters();
      AckTaskStatus.Omitted omitted = from.omitted();
      if (omitted != null) {
        stagesOmitted = omitted.stages();
        eventsOmitted = omitted.events();
        resultsOmitted = omitted.results();
        fieldsOmitted = omitted.fields();
      }
    }

    void dropOutputs() {
      for (int i = 0; i < stages.size() && over > 0; i++) {
        AckTaskStatus.Stage s = stages.get(i);
        if (s.outputs() != null) {
          over -= bytes(s.outputs());
          fieldsOmitted++;
          stages.set(
              i, new AckTaskStatus.Stage(s.state(), s.startTime(), s.endTime(), s.message(), null));
        }
      }
    }

    void dropParameters() {
      if (over > 0 && parameters != null) {
        over -= bytes(parameters);
        fieldsOmitted++;
        parameters = null;
      }
    }

    /** The events are sorted by time; the oldest are dropped first. */
    void dropEvents() {
      while (over > 0 && !events.isEmpty()) {
        over -= event(events.removeFirst());
        eventsOmitted++;
      }
    }

    void dropResults() {
      for (int i = results.size() - 1; i >= 0 && over > 0; i--) {
        String status = results.get(i).status();
        if (status == null || !TaskState.of(status).isFailure()) {
          dropResult(i);
        }
      }
      while (over > 0 && !results.isEmpty()) {
        dropResult(results.size() - 1);
      }
    }

    private void dropResult(int index) {
      over -= result(results.remove(index));
      resultsOmitted++;
    }

    void dropStageMessages() {
      for (int i = 0; i < stages.size() && over > 0; i++) {
        AckTaskStatus.Stage s = stages.get(i);
        if (s.message() != null) {
          over -= bytes(s.message());
          fieldsOmitted++;
          stages.set(
              i, new AckTaskStatus.Stage(s.state(), s.startTime(), s.endTime(), null, s.outputs()));
        }
      }
    }

    void dropStages() {
      while (over > 0 && !stages.isEmpty()) {
        over -= stage(stages.removeFirst());
        stagesOmitted++;
      }
    }

    /** The oldest first. Not counted: the next decision begins with those that are left. */
    void dropStageTransitions() {
      while (over > 0 && !transitions.isEmpty()) {
        over -= transition(transitions.removeFirst());
      }
    }

    AckTaskStatus status() {
      return from.toBuilder()
          .stageTransitions(transitions)
          .stages(stages)
          .events(events)
          .results(results)
          .parameters(parameters)
          .omitted(
              new AckTaskStatus.Omitted(
                  stagesOmitted, eventsOmitted, resultsOmitted, fieldsOmitted))
          .build();
    }
  }
}
