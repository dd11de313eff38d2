package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus.Watermark;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of the sweeps and creations of a discovery.
 *
 * @param clusters number of clusters whose tasks were listed
 * @param failures of the latest sweeps, and of creations
 * @param createdNow names of the AckTasks that were created and are in no event yet
 * @param watermarks see {@link ClusterProgress}
 */
public record DiscoveryFindings(
    int clusters,
    Numbers numbers,
    List<Failure> failures,
    List<String> createdNow,
    List<Watermark> watermarks) {

  /** Copies the lists. */
  public DiscoveryFindings {
    failures = List.copyOf(failures);
    createdNow = List.copyOf(createdNow);
    watermarks = List.copyOf(watermarks);
  }

  /**
   * Numbers of tasks.
   *
   * @param created in all
   * @param present AckTasks of the discovery that exist
   * @param skipped listed tasks without one
   * @param waiting tasks that get no AckTask because of {@code spec.limit}
   * @param givenUp tasks that waited and get none any more; see {@link ClusterProgress#givenUp}
   */
  public record Numbers(long created, int present, int skipped, int waiting, int givenUp) {}

  /** What failed. */
  public enum Kind {
    /** A sweep; the next one may succeed. */
    SWEEP,
    /** A sweep, for a cause that usually requires manual action. */
    SWEEP_REFUSED,
    /** The creation of an AckTask. */
    CREATION
  }

  /**
   * A list or a creation that failed.
   *
   * @param clusterId null for a failure of a whole connection
   * @param reason of the condition
   */
  public record Failure(Kind kind, @Nullable String clusterId, String reason, String message) {
    /** Of a sweep. */
    public static Failure of(@Nullable String clusterId, NoAnswer cause) {
      return switch (cause) {
        case Throttled throttled ->
            new Failure(Kind.SWEEP, clusterId, Reason.THROTTLED.apiName(), throttled.message());
        case Unavailable unavailable ->
            new Failure(
                Kind.SWEEP,
                clusterId,
                Reason.valueOf(unavailable.cause().name()).apiName(),
                unavailable.message());
        case Rejected rejected ->
            new Failure(
                Kind.SWEEP_REFUSED,
                clusterId,
                Reason.valueOf(rejected.cause().name()).apiName(),
                rejected.message());
      };
    }

    /** Of a creation. */
    public static Failure ofCreation(String clusterId, DiscoveryReason reason, String message) {
      return new Failure(Kind.CREATION, clusterId, reason.apiName(), message);
    }
  }

  /** True if no sweep has ended yet. */
  boolean isEmpty() {
    return clusters == 0 && failures.isEmpty();
  }
}
