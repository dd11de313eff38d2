package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Defaults, changes, the status subresource and the bounds of discoveries. */
@OnControlPlane
class DiscoveryStorageIT {
  private static final String LEAST = ApiKind.ACK_TASK_DISCOVERY.least();
  private static final String STATUS =
      """
      {observedGeneration: 1, clusters: 3, tasks: {created: 5000000000, present: 2, skipped: 0},
       conditions: [{type: Ready, status: 'False', reason: Forbidden, message: m,
                     observedGeneration: 1, lastTransitionTime: '2026-01-02T03:04:05Z'}],
       failures: [{clusterId: c1, reason: Forbidden, message: m},
                  {reason: Forbidden, message: m}],
       watermarks: [{connection: ClusterAckConnection/default, clusterId: c1,
                     created: '2026-01-02T03:04:05Z', recent: [T-1, T-2]},
                    {connection: BuiltIn, clusterId: c2, created: '2026-01-02T03:04:05Z'}]}
      """;

  private final ControlPlane controlPlane;
  private String namespace;
  private ApiObjects objects;

  DiscoveryStorageIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void inASeparateNamespace() {
    namespace = controlPlane.createNamespace("discovery-storage");
    objects = new ApiObjects(ApiKind.ACK_TASK_DISCOVERY, controlPlane.admin(), namespace);
  }

  @Test
  void shouldSetDefaultsWhenCreatedWithTheLeast() {
    GenericKubernetesResource created = objects.create("least", LEAST);

    assertEquals(
        ApiObjects.fields(
            "{clusters: {all: true}, since: 24h, mode: Automatic, limit: 200,"
                + " deletionPolicy: Orphan, suspend: false}"),
        created.get("spec"));
    assertEquals(Map.of("observedGeneration", -1), created.get("status"));
  }

  /** The watermarks are those of a connection and a cluster, so that no field needs to stay. */
  @Test
  void shouldAcceptAChangeOfEachField() {
    // given
    objects.create("changed", LEAST);

    // when
    GenericKubernetesResource changed =
        objects.patchSpec(
            "changed",
            "{clusters: {all: null, ids: [c1]}, connectionRefs: [{kind: AckConnection, name: a}],"
                + " types: {exclude: []}, since: 1h, mode: ReportOnly, limit: 1,"
                + " template: {spec: {deadline: 2h}}, deletionPolicy: Delete, suspend: true}");

    // then
    assertEquals(Map.of("ids", List.of("c1")), changed.get("spec", "clusters"));
    assertEquals("Delete", changed.get("spec", "deletionPolicy"));
  }

  @Test
  void shouldKeepEveryFieldOfTheStatus() {
    // given
    objects.create("used", LEAST);

    // when
    objects.writeStatus("used", STATUS);
    objects.patchSpec("used", "{suspend: true}");

    // then
    assertEquals(ApiObjects.fields(STATUS), objects.get("used").get("status"));
    assertEquals(2, objects.get("used").getMetadata().getGeneration());
  }

  @Test
  void shouldKeepAnEmptyListOfExcludedTypes() {
    GenericKubernetesResource created =
        objects.create("no-type-left-out", "{clusters: {all: true}, types: {exclude: []}}");

    assertEquals(List.of(), created.get("spec", "types", "exclude"));
  }

  /** Each list at its bound: rules that cost too much would refuse such an object. */
  @Test
  void shouldAcceptTheLargestLists() {
    // given
    String ids = list(200, i -> "c%063d".formatted(i));
    String globs = list(64, i -> "'t%062d*'".formatted(i));
    String references = list(20, i -> "{kind: AckConnection, name: n%0252d}".formatted(i));
    String entries =
        IntStream.range(0, 16)
            .mapToObj(i -> "%0250d.ex/l%062d: v%062d".formatted(i, i, i))
            .collect(Collectors.joining(", ", "{", "}"));

    // when
    objects.create(
        "largest",
        "{connectionRefs: %s, clusters: {all: true, exclude: %s},".formatted(references, ids)
            + " types: {include: %s, exclude: %s},".formatted(globs, globs)
            + " template: {metadata: {labels: %s, annotations: %s}}}"
                .formatted(entries, entries.replace(": v", ": " + "x".repeat(449))));
    objects.create("largest-ids", "{clusters: {ids: %s}}".formatted(ids));

    // then
    assertEquals(
        "c%063d".formatted(199), objects.get("largest-ids").get("spec", "clusters", "ids", 199));
  }

  private static String list(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(", ", "[", "]"));
  }
}
