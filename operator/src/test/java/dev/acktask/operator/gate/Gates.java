package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gates with a status that the operator wrote, created two minutes before {@link #NOW}. */
final class Gates {
  static final Instant CREATED = Instant.parse("2026-01-02T03:02:05Z");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** The label of {@link #selecting}. */
  static final Map<String, String> LABELS = Map.of("change", "4711");

  private final GateEvaluator evaluator = new GateEvaluator();
  private final GateSpec.Builder spec;
  private long generation = 1;
  private @Nullable Instant created = CREATED;
  private @Nullable GateStatus status;
  private boolean isStatusTrusted = true;

  private Gates(GateSpec.Builder spec) {
    this.spec = spec;
  }

  static Gates of(GateSpec.Builder spec) {
    return new Gates(spec);
  }

  static Gates naming(String... names) {
    return new Gates(named(names));
  }

  /** Exactly {@code count} tasks of the last hour. */
  static Gates selecting(int count) {
    return new Gates(selected().count(count));
  }

  static Gates quiet(String... clusterIds) {
    return new Gates(noneRunning(clusterIds));
  }

  static GateSpec.Builder named(String... names) {
    return GateSpec.builder()
        .mode(GateSpec.ALL_SUCCEEDED)
        .taskRefs(Stream.of(names).map(GateSpec.TaskRef::new).toList());
  }

  static GateSpec.Builder selected() {
    return GateSpec.builder()
        .mode(GateSpec.ALL_SUCCEEDED)
        .selector(new GateSpec.Selector(LABELS))
        .since("1h")
        .count(5);
  }

  static GateSpec.Builder noneRunning(String... clusterIds) {
    return GateSpec.builder()
        .mode(GateSpec.NONE_RUNNING)
        .clusterIds(Arrays.asList(clusterIds))
        .discoveryRef(new GateSpec.DiscoveryRef("all"));
  }

  Gates deadline(String deadline) {
    spec.deadline(deadline);
    return this;
  }

  Gates generation(long generation) {
    this.generation = generation;
    return this;
  }

  Gates created(@Nullable Instant created) {
    this.created = created;
    return this;
  }

  /** The status that the operator wrote last. */
  Gates status(@Nullable GateStatus status) {
    this.status = status;
    this.isStatusTrusted = true;
    return this;
  }

  /** The status that another client wrote last. */
  Gates forged(GateStatus status) {
    this.status = status;
    this.isStatusTrusted = false;
    return this;
  }

  GateSnapshot build() {
    return new GateSnapshot(
        "00000000-0000-0000-0000-000000000001",
        generation,
        created,
        spec.build(),
        status,
        isStatusTrusted);
  }

  GateDecision decide(GateEvidence evidence, Instant now) {
    return evaluator.evaluate(build(), GateSettings.parse(spec.build()), evidence, now);
  }

  GateDecision decide(GateTasks... tasks) {
    return decide(List.of(tasks));
  }

  GateDecision decide(Collection<GateTasks> tasks) {
    return decide(new GateEvidence.Tasks(tasks.stream().map(GateTasks::build).toList()), NOW);
  }

  GateDecision decide(GateLists lists) {
    return decide(lists.build(), NOW);
  }

  /** {@code Unknown TasksRunning 3/5 d, e}: Succeeded, done and blocking. */
  static String summary(GateDecision decision) {
    GateStatus status = decision.status();
    Condition succeeded = condition(decision, "Succeeded");
    return Stream.of(succeeded.status(), succeeded.reason(), status.done(), status.blocking())
        .map(text -> text == null ? "-" : text)
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }

  /** The condition, which must be there. */
  static Condition condition(GateDecision decision, String type) {
    return decision.status().conditions().stream()
        .filter(it -> it.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** {@code Warning GateClosed}. */
  static List<String> events(GateDecision decision) {
    return decision.events().stream().map(Gates::event).toList();
  }

  private static String event(ObjectEvent event) {
    return (event.warning() ? "Warning " : "Normal ") + event.reason();
  }
}
