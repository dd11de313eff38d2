package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spec of an {@link AckTaskDiscovery}, as the user wrote it. Each field can be changed. An
 * older CRD may have accepted any value, so each value is checked before it is used.
 *
 * @param connectionRefs connections to sweep, at most {@link #MAX_CONNECTIONS}; null or empty for
 *     ClusterAckConnection/default if it exists, else for the operator's built-in connection
 * @param types which tasks; null excludes {@link #DEFAULT_EXCLUDED_TYPES}
 * @param since age of the oldest task that an AckTask is created for, a duration from {@link
 *     #MIN_SINCE} to {@link #MAX_SINCE}; null for {@link #DEFAULT_SINCE}
 * @param mode {@link #AUTOMATIC} (also when null) or {@link #REPORT_ONLY}
 * @param limit maximum number of AckTasks of this discovery, from 1 to {@link #MAX_LIMIT}; null for
 *     {@link #DEFAULT_LIMIT}
 * @param deletionPolicy {@link #ORPHAN} (also when null) or {@link #DELETE}
 * @param suspend true stops sweeps and creations
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DiscoverySpec(
    @Nullable List<ConnectionRef> connectionRefs,
    @Nullable Clusters clusters,
    @Nullable Types types,
    @Nullable String since,
    @Nullable String mode,
    @Nullable Template template,
    @Nullable Integer limit,
    @Nullable String deletionPolicy,
    @Nullable Boolean suspend) {

  public static final String AUTOMATIC = "Automatic";
  public static final String REPORT_ONLY = "ReportOnly";
  public static final String ORPHAN = "Orphan";
  public static final String DELETE = "Delete";
  public static final String DEFAULT_SINCE = "24h";
  public static final String MIN_SINCE = "1m";
  public static final String MAX_SINCE = "720h";
  public static final int DEFAULT_LIMIT = 200;
  public static final int MAX_LIMIT = 2000;
  public static final int MAX_CONNECTIONS = 20;

  /** Of {@link Clusters#ids} and of {@link Clusters#exclude}. */
  public static final int MAX_CLUSTER_IDS = 200;

  /** Of {@link Types#include} and of {@link Types#exclude}. */
  public static final int MAX_GLOBS = 64;

  /** A glob over types, in RE2 and Java. */
  public static final String GLOB_PATTERN = "^[A-Za-z0-9_.*-]{1,64}$";

  /** The length of a value of an annotation in the template. */
  public static final int MAX_ANNOTATION_VALUE = 512;

  /** Labels, and likewise annotations, in the template. */
  public static final int MAX_METADATA = 16;

  /**
   * Keys of labels and annotations that the template must not have, in RE2 and Java. With them a
   * tool (Argo CD, Flux, Helm, {@code kubectl apply --prune}, Config Sync, kapp, Fleet) would take
   * the created AckTasks for its own and delete them; those of acktask.dev belong to the operator.
   */
  public static final String REFUSED_KEYS =
      "^((([^/]+\\.)?(acktask\\.dev|toolkit\\.fluxcd\\.io|cattle\\.io)|argocd\\.argoproj\\.io"
          + "|meta\\.helm\\.sh|applyset\\.kubernetes\\.io|kubectl\\.kubernetes\\.io|config\\.k8s\\.io"
          + "|kapp\\.k14s\\.io)/.*|app\\.kubernetes\\.io/(instance|managed-by))$";

  /** Types of tasks that autoscaling starts by the hundred. */
  public static final List<String> DEFAULT_EXCLUDED_TYPES =
      List.of("*scaleout*", "*scale_out*", "*scalein*", "*scale_in*");

  /** The empty spec. */
  public static final DiscoverySpec NOTHING = builder().build();

  /** True if nothing is swept. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /**
   * The clusters: exactly one of {@code ids} and {@code all} is set in a valid spec.
   *
   * @param exclude ids that {@code all} leaves out
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Clusters(
      @Nullable List<String> ids, @Nullable Boolean all, @Nullable List<String> exclude) {}

  /**
   * Globs over the type of a task, in which {@code *} stands for any text; {@code exclude} wins.
   * See {@link #GLOB_PATTERN}.
   *
   * @param include null or empty for all
   * @param exclude null for {@link #DEFAULT_EXCLUDED_TYPES}, empty for none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Types(@Nullable List<String> include, @Nullable List<String> exclude) {}

  /** What the created AckTasks have. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Template(@Nullable Metadata metadata, @Nullable TaskSpec spec) {}

  /** Labels and annotations of the created AckTasks. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Metadata(
      @Nullable Map<String, String> labels, @Nullable Map<String, String> annotations) {}

  /**
   * Fields of {@link AckTaskSpec}.
   *
   * @param ttlSecondsAfterFinished null for {@link #DEFAULT_TTL_SECONDS}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskSpec(
      @Nullable String pollInterval,
      @Nullable String deadline,
      @Nullable Long ttlSecondsAfterFinished,
      @Nullable List<String> include,
      @Nullable String successPolicy) {
    /** Seven days. */
    public static final long DEFAULT_TTL_SECONDS = 7 * 24 * 3600;
  }

  /** A builder that sets nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link DiscoverySpec} by the names of its components. */
  public static final class Builder {
    private @Nullable List<ConnectionRef> connectionRefs;
    private @Nullable Clusters clusters;
    private @Nullable Types types;
    private @Nullable String since;
    private @Nullable String mode;
    private @Nullable Template template;
    private @Nullable Integer limit;
    private @Nullable String deletionPolicy;
    private @Nullable Boolean suspend;

    private Builder() {}

    public Builder connectionRefs(@Nullable List<ConnectionRef> connectionRefs) {
      this.connectionRefs = connectionRefs;
      return this;
    }

    public Builder clusters(@Nullable Clusters clusters) {
      this.clusters = clusters;
      return this;
    }

    public Builder types(@Nullable Types types) {
      this.types = types;
      return this;
    }

    public Builder since(@Nullable String since) {
      this.since = since;
      return this;
    }

    public Builder mode(@Nullable String mode) {
      this.mode = mode;
      return this;
    }

    public Builder template(@Nullable Template template) {
      this.template = template;
      return this;
    }

    public Builder limit(@Nullable Integer limit) {
      this.limit = limit;
      return this;
    }

    public Builder deletionPolicy(@Nullable String deletionPolicy) {
      this.deletionPolicy = deletionPolicy;
      return this;
    }

    public Builder suspend(@Nullable Boolean suspend) {
      this.suspend = suspend;
      return this;
    }

    public DiscoverySpec build() {
      return new DiscoverySpec(
          connectionRefs, clusters, types, since, mode, template, limit, deletionPolicy, suspend);
    }
  }
}
