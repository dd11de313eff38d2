package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AckTaskDiscovery} has found and created.
 *
 * @param clusters number of clusters that are swept
 * @param conditions Ready, Synced and, while it is true, Limited
 * @param failures clusters that cannot be swept, at most {@link #MAX_FAILURES}
 * @param watermarks up to which creation time tasks are done, one for each cluster with such a
 *     task, at most {@link #MAX_WATERMARKS}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DiscoveryStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer clusters,
    @Nullable Tasks tasks,
    List<Condition> conditions,
    List<Failure> failures,
    List<Watermark> watermarks) {

  public static final int MAX_FAILURES = 10;
  public static final int MAX_WATERMARKS = 1000;

  /** Of one watermark: {@link DiscoverySpec#MAX_LIMIT}, because each has its AckTask. */
  public static final int MAX_RECENT = DiscoverySpec.MAX_LIMIT;

  /** An absent list equals an empty one, because the API server does not store the difference. */
  public DiscoveryStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    failures = failures == null ? List.of() : List.copyOf(failures);
    watermarks = watermarks == null ? List.of() : List.copyOf(watermarks);
  }

  /**
   * Numbers of tasks.
   *
   * @param created AckTasks that were created in all
   * @param present AckTasks of this discovery that exist
   * @param skipped listed tasks without an AckTask of this discovery, for whatever reason
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Tasks(long created, int present, int skipped) {}

  /** A list that failed; {@code clusterId} is null for a failure of the whole connection. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(@Nullable String clusterId, String reason, String message) {}

  /**
   * Tasks of a cluster up to this time are not created again.
   *
   * @param connection the connection, as its label
   * @param created RFC 3339, the latest creation time of a task that an AckTask was created for
   * @param recent ids of those created within ten minutes before it, because a list may show a task
   *     late
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Watermark(
      String connection, String clusterId, String created, List<String> recent) {
    /** An absent list equals an empty one. */
    public Watermark {
      recent = recent == null ? List.of() : List.copyOf(recent);
    }
  }
}
