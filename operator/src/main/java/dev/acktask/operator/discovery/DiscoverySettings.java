package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.text.GepDuration;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checked spec of a discovery. The schema of the CRD refuses the same, but an older one may be
 * installed.
 *
 * @param connections empty for the default connection
 * @param limit maximum number of AckTasks of the discovery, from 1
 */
public record DiscoverySettings(
    List<ConnectionRef> connections,
    Clusters clusters,
    Selection selection,
    int limit,
    Options options,
    Template template) {

  private static final Pattern GLOB = Pattern.compile(DiscoverySpec.GLOB_PATTERN);

  /**
   * Which clusters.
   *
   * @param ids those to sweep; with {@code isAll} those to leave out
   */
  public record Clusters(boolean isAll, Set<String> ids) {}

  /**
   * Which tasks.
   *
   * @param since age of the oldest task that is created; positive
   */
  public record Selection(TypeFilter types, Duration since) {}

  /**
   * Switches.
   *
   * @param createsTasks false in the mode ReportOnly
   * @param ownsTasks true if the AckTasks are deleted with the discovery
   */
  public record Options(boolean createsTasks, boolean ownsTasks, boolean isSuspended) {}

  /** What the created AckTasks have. */
  public record Template(TemplateMetadata metadata, DiscoverySpec.TaskSpec spec) {}

  /** Checks {@code spec}. */
  public static Parsed<DiscoverySettings> parse(DiscoverySpec spec) {
    List<String> problems = new ArrayList<>();
    DiscoverySettings settings =
        new DiscoverySettings(
            connections(spec, problems),
            clusters(spec.clusters(), problems),
            new Selection(types(spec.types(), problems), since(spec, problems)),
            limit(spec, problems),
            options(spec, problems),
            template(spec.template(), problems));
    return problems.isEmpty() ? new Parsed.Valid<>(settings) : new Parsed.Invalid<>(problems);
  }

  private static List<ConnectionRef> connections(DiscoverySpec spec, List<String> problems) {
    List<ConnectionRef> refs = orEmpty(spec.connectionRefs());
    if (refs.size() > DiscoverySpec.MAX_CONNECTIONS) {
      problems.add("spec.connectionRefs has more than 20 entries.");
    }
    for (ConnectionRef ref : refs) {
      boolean isKind =
          AckConnection.KIND.equals(ref.kind()) || ClusterAckConnection.KIND.equals(ref.kind());
      if (!isKind || ref.name() == null || ref.name().isEmpty()) {
        problems.add(
            "spec.connectionRefs needs the kind AckConnection or ClusterAckConnection, and a name.");
      }
    }
    return List.copyOf(refs);
  }

  private static Clusters clusters(
      DiscoverySpec.@Nullable Clusters clusters, List<String> problems) {
    boolean isAll = clusters != null && Boolean.TRUE.equals(clusters.all());
    Set<String> ids = Set.copyOf(orEmpty(clusters == null ? null : clusters.ids()));
    Set<String> exclude = Set.copyOf(orEmpty(clusters == null ? null : clusters.exclude()));
    if (isAll != ids.isEmpty()) {
      problems.add("spec.clusters needs exactly one of ids and all: true.");
    }
    if (!isAll && !exclude.isEmpty()) {
      problems.add("spec.clusters.exclude is only valid with all: true.");
    }
    Set<String> named = isAll ? exclude : ids;
    if (named.size() > DiscoverySpec.MAX_CLUSTER_IDS) {
      problems.add("spec.clusters names more than 200 clusters. Use all: true, or two objects.");
    }
    if (!named.stream().allMatch(ListedCluster::isId)) {
      problems.add("spec.clusters has an id that is not 1 to 64 letters, digits, ., _ and -.");
    }
    return new Clusters(isAll, named);
  }

  private static TypeFilter types(DiscoverySpec.@Nullable Types types, List<String> problems) {
    List<String> include = orEmpty(types == null ? null : types.include());
    List<String> exclude = types == null ? null : types.exclude();
    TypeFilter filter =
        new TypeFilter(
            include, Objects.requireNonNullElse(exclude, DiscoverySpec.DEFAULT_EXCLUDED_TYPES));
    for (List<String> globs : List.of(filter.include(), filter.exclude())) {
      if (globs.size() > DiscoverySpec.MAX_GLOBS
          || !globs.stream().allMatch(glob -> GLOB.matcher(glob).matches())) {
        problems.add(
            "spec.types has more than 64 patterns, or one that is not 1 to 64 letters, digits, *,"
                + " ., _ and -.");
      }
    }
    return filter;
  }

  private static Duration since(DiscoverySpec spec, List<String> problems) {
    String text = Objects.requireNonNullElse(spec.since(), DiscoverySpec.DEFAULT_SINCE);
    Duration since = GepDuration.parse(text).orElse(Duration.ZERO);
    if (since.compareTo(bound(DiscoverySpec.MIN_SINCE)) < 0
        || since.compareTo(bound(DiscoverySpec.MAX_SINCE)) > 0) {
      problems.add("spec.since is not a duration such as 24h, from 1m to 720h (30 days).");
    }
    return since;
  }

  private static Duration bound(String text) {
    return GepDuration.parse(text).orElseThrow();
  }

  private static int limit(DiscoverySpec spec, List<String> problems) {
    int limit = Objects.requireNonNullElse(spec.limit(), DiscoverySpec.DEFAULT_LIMIT);
    if (limit < 1 || limit > DiscoverySpec.MAX_LIMIT) {
      problems.add("spec.limit is not from 1 to 2000.");
    }
    return limit;
  }

  private static Options options(DiscoverySpec spec, List<String> problems) {
    String mode = Objects.requireNonNullElse(spec.mode(), DiscoverySpec.AUTOMATIC);
    String policy = Objects.requireNonNullElse(spec.deletionPolicy(), DiscoverySpec.ORPHAN);
    if (!Set.of(DiscoverySpec.AUTOMATIC, DiscoverySpec.REPORT_ONLY).contains(mode)) {
      problems.add("spec.mode is neither Automatic nor ReportOnly.");
    }
    if (!Set.of(DiscoverySpec.ORPHAN, DiscoverySpec.DELETE).contains(policy)) {
      problems.add("spec.deletionPolicy is neither Orphan nor Delete.");
    }
    return new Options(
        mode.equals(DiscoverySpec.AUTOMATIC),
        policy.equals(DiscoverySpec.DELETE),
        spec.suspended());
  }

  private static Template template(
      DiscoverySpec.@Nullable Template template, List<String> problems) {
    TemplateMetadata metadata =
        TemplateMetadata.parse(template == null ? null : template.metadata(), problems);
    DiscoverySpec.TaskSpec spec = template == null ? null : template.spec();
    return new Template(
        metadata,
        Objects.requireNonNullElseGet(
            spec, () -> new DiscoverySpec.TaskSpec(null, null, null, null, null)));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
