package dev.acktask.operator.discovery;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.DiscoveryConditionType;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.DiscoveryFindings.Kind;
import dev.acktask.operator.text.Parsed;
import dev.acktask.operator.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides status and events of a discovery from its object and its findings. Equal input gives
 * equal output.
 */
public final class DiscoveryEvaluator {
  private static final int MAX_FAILURES = 10;

  /** Status, reason and message of a condition. */
  private record Content(String status, String reason, String message) {
    Content(String status, DiscoveryReason reason, String message) {
      this(status, reason.apiName(), message);
    }
  }

  /** Decides. */
  public DiscoveryDecision evaluate(
      DiscoverySnapshot object,
      Parsed<DiscoverySettings> settings,
      DiscoveryFindings findings,
      Instant now) {
    DiscoveryStatus stored = object.status();
    DiscoveryStatus current = object.currentStatus();
    boolean isIdle =
        settings instanceof Parsed.Valid<DiscoverySettings> valid
            && !valid.value().options().isSuspended()
            && findings.isEmpty();
    if (isIdle && current != null && !current.conditions().isEmpty()) {
      return new DiscoveryDecision(current, List.of(), true); // nothing is known after a restart
    }
    List<Condition> conditions = conditions(object, settings, findings, now);
    DiscoveryStatus status =
        new DiscoveryStatus(
            object.generation(),
            findings.clusters(),
            new DiscoveryStatus.Tasks(
                findings.numbers().created(),
                findings.numbers().present(),
                findings.numbers().skipped()),
            conditions,
            failures(findings),
            findings.watermarks());
    boolean canWait =
        stored != null
            && findings.createdNow().isEmpty()
            && essence(stored).equals(essence(status));
    return new DiscoveryDecision(status, DiscoveryEvents.of(object, conditions, findings), canWait);
  }

  private static List<Condition> conditions(
      DiscoverySnapshot object,
      Parsed<DiscoverySettings> settings,
      DiscoveryFindings findings,
      Instant now) {
    List<Condition> conditions = new ArrayList<>();
    DiscoveryFindings.Numbers numbers = findings.numbers();
    if (numbers.waiting() + numbers.givenUp() > 0
        && settings instanceof Parsed.Valid<DiscoverySettings> valid) {
      conditions.add(
          condition(
              object,
              DiscoveryConditionType.LIMITED,
              limited(numbers, valid.value().limit()),
              now));
    }
    conditions.add(
        condition(object, DiscoveryConditionType.READY, ready(object, settings, findings), now));
    conditions.add(
        condition(object, DiscoveryConditionType.SYNCED, synced(settings, findings), now));
    return List.copyOf(conditions);
  }

  private static Content limited(DiscoveryFindings.Numbers numbers, int limit) {
    return new Content(
        Condition.TRUE,
        DiscoveryReason.LIMIT_REACHED,
        "%d tasks get no AckTask: %d AckTasks of this discovery exist, and spec.limit is %d."
                .formatted(numbers.waiting(), numbers.present(), limit)
            + " Raise it, narrow spec.types or spec.clusters, or shorten"
            + " spec.template.spec.ttlSecondsAfterFinished."
            + givenUp(numbers.givenUp()));
  }

  private static String givenUp(int tasks) {
    return tasks == 0
        ? ""
        : " %d older tasks waited too long and get none any more: more than %d newer tasks of their"
                .formatted(tasks, ClusterProgress.MAX_RECENT)
            + " cluster are done. Create their AckTasks yourself.";
  }

  private static Content ready(
      DiscoverySnapshot object, Parsed<DiscoverySettings> settings, DiscoveryFindings findings) {
    Optional<Content> fixed = fixed(settings, Condition.FALSE);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    Optional<Failure> refused = first(findings, Kind.CREATION, Kind.SWEEP_REFUSED);
    if (refused.isPresent()) {
      return failed(refused.get());
    }
    if (findings.clusters() > 0) {
      return new Content(Condition.TRUE, DiscoveryReason.SWEPT, "The clusters are swept.");
    }
    return DiscoverySnapshot.condition(object.currentStatus(), DiscoveryConditionType.READY)
        .filter(before -> before.status().equals(Condition.TRUE))
        .map(before -> new Content(before.status(), before.reason(), before.message()))
        .orElseGet(DiscoveryEvaluator::notSweptYet);
  }

  private static Content synced(Parsed<DiscoverySettings> settings, DiscoveryFindings findings) {
    return fixed(settings, Condition.UNKNOWN)
        .or(() -> first(findings, Kind.SWEEP, Kind.SWEEP_REFUSED).map(DiscoveryEvaluator::failed))
        .orElseGet(
            () ->
                findings.clusters() == 0
                    ? notSweptYet()
                    : new Content(
                        Condition.TRUE,
                        DiscoveryReason.SWEPT,
                        "The latest sweep of each cluster succeeded."));
  }

  /** The content while nothing is swept. */
  private static Optional<Content> fixed(
      Parsed<DiscoverySettings> settings, String statusOfInvalid) {
    return switch (settings) {
      case Parsed.Invalid<DiscoverySettings> invalid ->
          Optional.of(
              new Content(
                  statusOfInvalid,
                  DiscoveryReason.INVALID_SPEC,
                  String.join(" ", invalid.problems())));
      case Parsed.Valid<DiscoverySettings> valid ->
          valid.value().options().isSuspended()
              ? Optional.of(
                  new Content(
                      Condition.UNKNOWN,
                      DiscoveryReason.SUSPENDED,
                      "Nothing is swept or created, because of spec.suspend."))
              : Optional.empty();
    };
  }

  private static Content notSweptYet() {
    return new Content(
        Condition.UNKNOWN, DiscoveryReason.NOT_SWEPT_YET, "No sweep has succeeded yet.");
  }

  private static Content failed(Failure failure) {
    String where = failure.clusterId() == null ? "" : "Cluster " + failure.clusterId() + ": ";
    return new Content(Condition.FALSE, failure.reason(), where + failure.message());
  }

  private static Optional<Failure> first(DiscoveryFindings findings, Kind... kinds) {
    List<Kind> wanted = List.of(kinds);
    return findings.failures().stream().filter(it -> wanted.contains(it.kind())).findFirst();
  }

  private static Condition condition(
      DiscoverySnapshot object, DiscoveryConditionType type, Content content, Instant now) {
    String since =
        DiscoverySnapshot.condition(object.status(), type)
            .filter(before -> content.status().equals(before.status()))
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> now.truncatedTo(SECONDS).toString());
    return new Condition(
        type.apiName(),
        content.status(),
        content.reason(),
        SafeText.MESSAGE.of(content.message()),
        object.generation(),
        since);
  }

  private static List<DiscoveryStatus.Failure> failures(DiscoveryFindings findings) {
    return findings.failures().stream()
        .limit(MAX_FAILURES)
        .map(
            it ->
                new DiscoveryStatus.Failure(
                    it.clusterId(), it.reason(), SafeText.MESSAGE.of(it.message())))
        .toList();
  }

  /** Without numbers, which change with every task. */
  private static DiscoveryStatus essence(DiscoveryStatus status) {
    List<Condition> conditions =
        status.conditions().stream()
            .map(
                it ->
                    Objects.equals(it.type(), DiscoveryConditionType.LIMITED.apiName())
                        ? withoutMessage(it)
                        : it)
            .toList();
    return new DiscoveryStatus(
        status.observedGeneration(),
        null,
        null,
        conditions,
        status.failures(),
        status.watermarks());
  }

  private static Condition withoutMessage(Condition it) {
    return new Condition(
        it.type(), it.status(), it.reason(), "", it.observedGeneration(), it.lastTransitionTime());
  }
}
