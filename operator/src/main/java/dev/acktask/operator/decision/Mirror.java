package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.FreeForm;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.IncludedData;
import dev.acktask.operator.text.JsonWriter;
import dev.acktask.operator.text.Redaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer is shown, trimmed, bounded and redacted: a status without phase, conditions and
 * what follows from them.
 */
final class Mirror {
  /** Lists longer than this are cut: an object of a cluster is no log store. */
  static final int MAX_STAGES = 100;

  static final int MAX_EVENTS = 50;
  static final int MAX_RESULTS = 100;

  private static final Comparator<TaskInfo.Event> BY_TIME =
      Comparator.comparing(Mirror::when, Comparator.nullsFirst(Comparator.naturalOrder()));

  private Mirror() {}

  static AckTaskStatus of(
      TaskInfo task, AckTaskSpec spec, @Nullable AckTaskStatus previous, Redaction redaction) {
    AckTaskStatus before = previous == null ? AckTaskStatus.NOTHING : previous;
    boolean outputs = spec.includes(AckTaskSpec.INCLUDE_OUTPUTS);
    List<AckTaskStatus.Stage> stages =
        last(task.stages(), MAX_STAGES).stream()
            .map(stage -> stage(stage, outputs ? redaction : null))
            .toList();
    List<TaskInfo.Event> allEvents = task.events().stream().distinct().sorted(BY_TIME).toList();
    List<AckTaskStatus.Event> events =
        last(allEvents, MAX_EVENTS).stream().map(Mirror::event).toList();
    List<AckTaskStatus.Result> results =
        Results.keep(task.results(), MAX_RESULTS).stream().map(Mirror::result).toList();
    return new AckTaskStatus(
        null,
        null,
        null,
        null,
        null,
        task.state().isEmpty() ? null : PlainText.verbatim(task.state()),
        PlainText.WORD.orNull(task.taskType()),
        PlainText.WORD.orNull(task.clusterId()),
        target(task.target()),
        PlainText.WORD.orNull(task.currentStage()),
        PlainText.WORD.orNull(task.created()),
        newer(task.updated(), before.updatedTime()),
        null,
        null,
        progress(task.stages()),
        keepOrder(stages, before.stages()),
        keepOrder(events, before.events()),
        keepOrder(results, before.results()),
        problem(task.error()),
        spec.includes(AckTaskSpec.INCLUDE_PARAMETERS) ? json(task.parameters(), redaction) : null,
        new AckTaskStatus.Omitted(
            task.omitted().stages() + task.stages().size() - stages.size(),
            task.omitted().events() + allEvents.size() - events.size(),
            task.omitted().results() + task.results().size() - results.size(),
            task.omitted().fields()),
        null,
        null,
        List.of());
  }

  private static <T> List<T> last(List<T> list, int count) {
    return list.subList(Math.max(0, list.size() - count), list.size());
  }

  /** Of two readings of {@code updated} the later one: a replica of the cloud may lag. */
  private static @Nullable String newer(@Nullable String read, @Nullable String before) {
    return lags(read, before) ? before : PlainText.WORD.orNull(read);
  }

  /** True when {@code read} is certainly an older time than {@code before}. */
  static boolean lags(@Nullable String read, @Nullable String before) {
    Instant then = CloudTime.instant(before);
    Instant now = CloudTime.instant(read);
    return then != null && now != null && now.isBefore(then);
  }

  /** {@code before} when it holds the same items: another order alone is no change. */
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
            .filter(stage -> stage.state() != null && TaskState.of(stage.state()).terminal())
            .count();
    return stages.isEmpty() ? null : finished + "/" + stages.size();
  }

  private static AckTaskStatus.@Nullable Target target(TaskInfo.@Nullable Target target) {
    return target == null
        ? null
        : new AckTaskStatus.Target(
            PlainText.WORD.orNull(target.id()), PlainText.WORD.orNull(target.type()));
  }

  private static AckTaskStatus.Stage stage(TaskInfo.Stage stage, @Nullable Redaction outputs) {
    return new AckTaskStatus.Stage(
        PlainText.WORD.orNull(stage.state()),
        PlainText.WORD.orNull(stage.startTime()),
        PlainText.WORD.orNull(stage.endTime()),
        PlainText.MESSAGE.orNull(stage.message()),
        outputs == null ? null : json(stage.outputs(), outputs));
  }

  private static @Nullable Instant when(TaskInfo.Event event) {
    return CloudTime.instant(event.timestamp());
  }

  private static AckTaskStatus.Event event(TaskInfo.Event event) {
    Instant when = when(event);
    return new AckTaskStatus.Event(
        when == null ? PlainText.WORD.orNull(event.timestamp()) : when.toString(),
        PlainText.WORD.orNull(event.level()),
        PlainText.WORD.orNull(event.action()),
        PlainText.WORD.orNull(event.reason()),
        PlainText.MESSAGE.orNull(event.message()),
        PlainText.WORD.orNull(event.source()));
  }

  private static AckTaskStatus.Result result(TaskInfo.Result result) {
    return new AckTaskStatus.Result(
        PlainText.MESSAGE.orNull(result.data()), PlainText.WORD.orNull(result.status()));
  }

  private static AckTaskStatus.@Nullable Problem problem(TaskInfo.@Nullable Problem error) {
    return error == null
        ? null
        : new AckTaskStatus.Problem(
            PlainText.WORD.orNull(error.code()), PlainText.MESSAGE.orNull(error.message()));
  }

  private static @Nullable String json(@Nullable FreeForm data, Redaction redaction) {
    String text = data == null ? "{}" : JsonWriter.write(new IncludedData(redaction).of(data));
    return text.equals("{}") || text.equals("[]") ? null : text;
  }
}
