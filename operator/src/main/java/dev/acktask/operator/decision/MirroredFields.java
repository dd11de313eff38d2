package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.BoundedEntries;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.CloudTime;
import dev.acktask.operator.text.FieldAllowlist;
import dev.acktask.operator.text.JsonValue;
import dev.acktask.operator.text.JsonWriter;
import dev.acktask.operator.text.Redaction;
import dev.acktask.operator.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mirrored fields of an answer, trimmed, bounded and redacted: a status without phase,
 * conditions and the fields derived from them. The stage transitions are those of the status
 * before.
 */
final class MirroredFields {
  private static final Comparator<TaskInfo.Event> BY_TIME =
      Comparator.comparing(MirroredFields::when, Comparator.nullsFirst(Comparator.naturalOrder()));

  private MirroredFields() {}

  static AckTaskStatus of(
      TaskInfo task, AckTaskSpec spec, @Nullable AckTaskStatus previous, Redaction redaction) {
    AckTaskStatus before = previous == null ? AckTaskStatus.NOTHING : previous;
    boolean outputs = spec.includes(AckTaskSpec.INCLUDE_OUTPUTS);
    List<AckTaskStatus.Stage> stages =
        last(task.stages(), AckTaskStatus.MAX_STAGES).stream()
            .map(stage -> stage(stage, outputs ? redaction : null))
            .toList();
    List<TaskInfo.Event> allEvents = task.events().stream().distinct().sorted(BY_TIME).toList();
    List<AckTaskStatus.Event> events =
        last(allEvents, AckTaskStatus.MAX_EVENTS).stream().map(MirroredFields::event).toList();
    BoundedEntries<TaskInfo.Result> kept =
        new BoundedEntries<>(AckTaskStatus.MAX_RESULTS, TaskInfo.Result::isFailed);
    task.results().forEach(kept::add);
    List<AckTaskStatus.Result> results =
        kept.entries().stream().map(MirroredFields::result).toList();
    return AckTaskStatus.builder()
        .state(task.state().isEmpty() ? null : SafeText.verbatim(task.state()))
        .taskType(SafeText.WORD.orNull(task.taskType()))
        .clusterId(SafeText.WORD.orNull(task.clusterId()))
        .target(target(task.target()))
        .currentStage(SafeText.WORD.orNull(task.currentStage()))
        .createdTime(SafeText.WORD.orNull(task.created()))
        .updatedTime(newer(task.updated(), before.updatedTime()))
        .progress(progress(task.stages()))
        .stageTransitions(before.stageTransitions())
        .stages(keepOrder(stages, before.stages()))
        .events(keepOrder(events, before.events()))
        .results(keepOrder(results, before.results()))
        .error(problem(task.error()))
        .parameters(
            spec.includes(AckTaskSpec.INCLUDE_PARAMETERS)
                ? json(task.parameters(), redaction)
                : null)
        .omitted(
            new AckTaskStatus.Omitted(
                task.omitted().stages() + task.stages().size() - stages.size(),
                task.omitted().events() + allEvents.size() - events.size(),
                task.omitted().results() + kept.dropped(),
                task.omitted().fields()))
        .build();
  }

  private static <T> List<T> last(List<T> list, int count) {
    return list.subList(Math.max(0, list.size() - count), list.size());
  }

  /** The later value of {@code updated}, because a replica of the cloud may lag. */
  private static @Nullable String newer(@Nullable String read, @Nullable String before) {
    return isOlder(read, before) ? before : SafeText.WORD.orNull(read);
  }

  /** True when both values parse as times and {@code read} is the older one. */
  static boolean isOlder(@Nullable String read, @Nullable String before) {
    Instant then = CloudTime.instant(before);
    Instant now = CloudTime.instant(read);
    return then != null && now != null && now.isBefore(then);
  }

  /** {@code before} when it holds the same items, so that another order causes no write. */
  private static <T> List<T> keepOrder(List<T> read, List<T> before) {
    if (before.size() != read.size()) {
      return read;
    }
    List<T> rest = new ArrayList<>(read);
    return before.stream().allMatch(rest::remove) ? before : read;
  }

  private static @Nullable String progress(List<TaskInfo.Stage> stages) {
    long finished =
        stages.stream()
            .filter(stage -> stage.state() != null && TaskState.of(stage.state()).isTerminal())
            .count();
    return stages.isEmpty() ? null : finished + "/" + stages.size();
  }

  private static AckTaskStatus.@Nullable Target target(TaskInfo.@Nullable Target target) {
    return target == null
        ? null
        : new AckTaskStatus.Target(
            SafeText.WORD.orNull(target.id()), SafeText.WORD.orNull(target.type()));
  }

  private static AckTaskStatus.Stage stage(TaskInfo.Stage stage, @Nullable Redaction outputs) {
    return new AckTaskStatus.Stage(
        SafeText.WORD.orNull(stage.state()),
        SafeText.WORD.orNull(stage.startTime()),
        SafeText.WORD.orNull(stage.endTime()),
        SafeText.MESSAGE.orNull(stage.message()),
        outputs == null ? null : json(stage.outputs(), outputs));
  }

  private static @Nullable Instant when(TaskInfo.Event event) {
    return CloudTime.instant(event.timestamp());
  }

  private static AckTaskStatus.Event event(TaskInfo.Event event) {
    Instant when = when(event);
    return new AckTaskStatus.Event(
        when == null ? SafeText.WORD.orNull(event.timestamp()) : when.toString(),
        SafeText.WORD.orNull(event.level()),
        SafeText.WORD.orNull(event.action()),
        SafeText.WORD.orNull(event.reason()),
        SafeText.MESSAGE.orNull(event.message()),
        SafeText.WORD.orNull(event.source()));
  }

  private static AckTaskStatus.Result result(TaskInfo.Result result) {
    return new AckTaskStatus.Result(
        SafeText.MESSAGE.orNull(result.data()), SafeText.WORD.orNull(result.status()));
  }

  private static AckTaskStatus.@Nullable Problem problem(TaskInfo.@Nullable Problem error) {
    return error == null
        ? null
        : new AckTaskStatus.Problem(
            SafeText.WORD.orNull(error.code()), SafeText.MESSAGE.orNull(error.message()));
  }

  private static @Nullable String json(@Nullable JsonValue data, Redaction redaction) {
    String text = data == null ? "{}" : JsonWriter.write(new FieldAllowlist(redaction).of(data));
    return text.equals("{}") || text.equals("[]") ? null : text;
  }
}
