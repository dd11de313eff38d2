package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GateReason;
import dev.acktask.operator.gate.GateSettings.Condition.NamedSucceeded;
import dev.acktask.operator.gate.GateSettings.Condition.SelectedSucceeded;
import dev.acktask.operator.gate.GateTask.Outcome;
import dev.acktask.operator.text.GepDuration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of an AllSucceeded gate. It is open if exactly the wanted tasks exist and each
 * succeeded, in one evaluation. A task that did not succeed closes it, whatever the others do.
 */
final class AllSucceededRules {
  private final List<GateTask> members;
  private final int wanted;

  /** What is counted: AckTasks by name, or tasks of the cloud, each once. */
  private final Function<GateTask, String> counted;

  private final boolean needsTime;

  /**
   * @param members each once
   * @param wanted how many must succeed
   * @param isSelected true if tasks of the cloud are counted, and only those whose creation time is
   *     known
   */
  private AllSucceededRules(List<GateTask> members, int wanted, boolean isSelected) {
    this.members = members;
    this.wanted = wanted;
    this.counted = isSelected ? GateTask::taskId : GateTask::name;
    this.needsTime = isSelected;
  }

  /**
   * Judges the named tasks.
   *
   * @param tasks may have others, which do not count
   */
  static GateFinding named(NamedSucceeded condition, List<GateTask> tasks) {
    TreeSet<String> names = new TreeSet<>(condition.names());
    List<GateTask> members = sorted(tasks).filter(it -> names.contains(it.name())).toList();
    AllSucceededRules rules = new AllSucceededRules(members, names.size(), false);
    members.forEach(it -> names.remove(it.name()));
    return rules.finding(
        () -> names.isEmpty() ? rules.unfinished() : rules.absent(List.copyOf(names)));
  }

  /**
   * Judges the selected tasks.
   *
   * @param created creation time of the gate; null if unknown
   * @param tasks those with the labels
   */
  static GateFinding selected(
      SelectedSucceeded condition, @Nullable Instant created, List<GateTask> tasks) {
    if (created == null) {
      AllSucceededRules nothing = new AllSucceededRules(List.of(), condition.count(), true);
      return nothing.finding(nothing::unknownAge);
    }
    List<GateTask> members =
        sorted(tasks)
            .filter(it -> GateSelection.isInTime(condition, created, it.taskCreated()))
            .toList();
    AllSucceededRules rules = new AllSucceededRules(members, condition.count(), true);
    return rules.finding(() -> rules.incomplete(condition));
  }

  /**
   * Decides.
   *
   * @param waiting the verdict if the gate is neither closed nor open
   */
  private GateFinding finding(Supplier<GateVerdict> waiting) {
    return new GateFinding(verdict(waiting), sync());
  }

  private GateVerdict verdict(Supplier<GateVerdict> waiting) {
    List<GateTask> failed = with(Outcome.NOT_SUCCEEDED);
    if (!failed.isEmpty()) {
      return closed(failed);
    }
    return wanted > 0 && size() == wanted && succeeded() == wanted
        ? GateVerdict.open(
            GateReason.ALL_SUCCEEDED, wanted + " of " + wanted + " tasks succeeded.", done())
        : waiting.get();
  }

  private GateVerdict closed(List<GateTask> failed) {
    GateTask first = failed.getFirst();
    String others =
        failed.size() == 1
            ? ""
            : " These did not succeed either: "
                + NameList.of(names(failed.subList(1, failed.size())))
                + ".";
    String cause = first.message().isEmpty() ? "." : ": " + first.message();
    return GateVerdict.failed(
        "AckTask " + first.name() + " did not succeed" + cause + others,
        done(),
        NameList.of(names(failed)));
  }

  private GateVerdict absent(List<String> names) {
    String list = NameList.of(names);
    return GateVerdict.waiting(
        GateReason.TASKS_MISSING,
        "These AckTasks do not exist, or are being deleted: " + list + ".",
        done(),
        list);
  }

  private GateVerdict unknownAge() {
    return GateVerdict.waiting(
        GateReason.TASKS_MISSING,
        "The creation time of this gate is unknown, so spec.since selects no task.",
        done(),
        wanted + " missing");
  }

  private GateVerdict incomplete(SelectedSucceeded condition) {
    if (size() == wanted) {
      return unfinished();
    }
    String selection =
        "spec.selector (%s) and spec.since (%s) select "
            .formatted(labels(condition), GepDuration.format(condition.since()));
    if (size() < wanted) {
      return GateVerdict.waiting(
          GateReason.TASKS_MISSING,
          selection + size() + " of the " + wanted + " tasks in spec.count.",
          done(),
          (wanted - size()) + " missing");
    }
    String list = NameList.of(names(members));
    return GateVerdict.waiting(
        GateReason.TOO_MANY_TASKS,
        selection
            + size()
            + " tasks, but spec.count is "
            + wanted
            + ": "
            + list
            + ". Create a gate with a label that only the tasks to wait for have.",
        done(),
        list);
  }

  /** What keeps a gate from opening whose tasks exist. */
  private GateVerdict unfinished() {
    List<GateTask> unfinished = with(Outcome.UNFINISHED);
    if (unfinished.isEmpty()) {
      return undated();
    }
    List<String> phases =
        unfinished.stream().map(it -> it.name() + " (" + it.phase() + ")").toList();
    return GateVerdict.waiting(
        GateReason.TASKS_RUNNING,
        "%d of %d tasks succeeded. Unfinished: %s."
            .formatted(succeeded(), wanted, NameList.of(phases)),
        done(),
        NameList.of(names(unfinished)));
  }

  private GateVerdict undated() {
    String list =
        NameList.of(names(members.stream().filter(it -> it.taskCreated() == null).toList()));
    return GateVerdict.waiting(
        GateReason.TASKS_MISSING,
        "The creation time of these tasks is unknown, so they may be older than spec.since: "
            + list
            + ". Create a gate that names the tasks in spec.taskRefs.",
        done(),
        list);
  }

  private GateSync sync() {
    return members.stream()
        .filter(it -> it.syncProblem() != null)
        .findFirst()
        .map(GateSync::failed)
        .orElse(GateSync.OBSERVED);
  }

  private String done() {
    return succeeded() + "/" + wanted;
  }

  private int size() {
    return (int) members.stream().map(counted).distinct().count();
  }

  /** A task counts if each of its AckTasks succeeded. */
  private int succeeded() {
    long others =
        members.stream()
            .filter(
                it -> it.outcome() != Outcome.SUCCEEDED || (needsTime && it.taskCreated() == null))
            .map(counted)
            .distinct()
            .count();
    return size() - (int) others;
  }

  private List<GateTask> with(Outcome outcome) {
    return members.stream().filter(it -> it.outcome() == outcome).toList();
  }

  private static Stream<GateTask> sorted(List<GateTask> tasks) {
    return tasks.stream().sorted(Comparator.comparing(GateTask::name));
  }

  private static List<String> names(List<GateTask> tasks) {
    return tasks.stream().map(GateTask::name).toList();
  }

  private static String labels(SelectedSucceeded condition) {
    Map<String, String> labels = new TreeMap<>(condition.labels());
    return NameList.of(
        labels.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList());
  }
}
