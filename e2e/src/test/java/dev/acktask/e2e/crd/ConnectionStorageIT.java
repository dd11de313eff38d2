package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Defaults, the status subresource and the bounds of both kinds. */
@OnControlPlane
class ConnectionStorageIT {
  private static final String LEAST = ApiKind.ACK_CONNECTION.least();
  private static final String STATUS =
      """
      {observedGeneration: 1, identity: WorkloadIdentity, account: '1000000000000001',
       tasks: {total: 12, unfinished: 0},
       conditions: [{type: Ready, status: 'True', reason: Answered, message: m,
                     observedGeneration: 1, lastTransitionTime: '2026-01-02T03:04:05Z'}]}
      """;

  private final ControlPlane controlPlane;
  private String namespace;

  ConnectionStorageIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void inASeparateNamespace() {
    namespace = controlPlane.createNamespace("connection-storage");
  }

  @AfterEach
  void clean() {
    objects(ApiKind.CLUSTER_ACK_CONNECTION).delete();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACK_CONNECTION", "CLUSTER_ACK_CONNECTION"})
  void shouldSetDefaultsWhenCreatedWithTheLeast(ApiKind kind) {
    // when
    GenericKubernetesResource created = objects(kind).create("least", LEAST);

    // then
    Map<?, ?> given = ApiObjects.fields(LEAST);
    assertEquals(
        Map.of(
            "regionId",
            "cn-hangzhou",
            "credentials",
            given.get("credentials"),
            "network",
            "Public",
            "requestsPerMinute",
            120,
            "burst",
            20,
            "suspend",
            false),
        created.get("spec"));
    assertEquals(Map.of("observedGeneration", -1), created.get("status"));
  }

  @ParameterizedTest
  @EnumSource(names = {"ACK_CONNECTION", "CLUSTER_ACK_CONNECTION"})
  void shouldKeepEveryFieldOfTheStatus(ApiKind kind) {
    // given
    ApiObjects objects = objects(kind);
    objects.create("used", LEAST);

    // when
    objects.writeStatus("used", STATUS);
    objects.patchSpec("used", "{suspend: true}");

    // then
    assertEquals(ApiObjects.fields(STATUS), objects.get("used").get("status"));
    assertEquals(2, objects.get("used").getMetadata().getGeneration());
  }

  @Test
  void shouldAllowAllNamespacesWhenFromIsAbsent() {
    GenericKubernetesResource created =
        objects(ApiKind.CLUSTER_ACK_CONNECTION)
            .create("all-namespaces", "{regionId: cn-hangzhou, allowedNamespaces: {}}");

    assertEquals("All", created.get("spec", "allowedNamespaces", "from"));
  }

  /** Each list at its bound: rules that cost too much would refuse such an object. */
  @Test
  void shouldAcceptTheLargestLists() {
    // given
    String ids = list(200, i -> "c%063d".formatted(i));
    String values = list(100, i -> "v%062d".formatted(i));
    String expressions = list(32, i -> "{key: k%d, operator: In, values: %s}".formatted(i, values));
    String labels =
        IntStream.range(0, 32)
            .mapToObj(i -> "example.com/l%061d: v%062d".formatted(i, i))
            .collect(Collectors.joining(", ", "{", "}"));
    ApiObjects objects = objects(ApiKind.CLUSTER_ACK_CONNECTION);

    // when
    objects.create(
        "largest-selector",
        "{regionId: cn-hangzhou, allowedClusterIds: %s, allowedNamespaces: {from: Selector,"
                .formatted(ids)
            + " selector: {matchLabels: %s, matchExpressions: %s}}}"
                .formatted(labels, expressions));
    objects.create(
        "largest-names",
        "{regionId: cn-hangzhou, allowedNamespaces: {from: Names, names: %s}}"
            .formatted(list(500, i -> "n%062d".formatted(i))));

    // then
    assertEquals(
        "n%062d".formatted(499),
        objects.get("largest-names").get("spec", "allowedNamespaces", "names", 499));
  }

  private ApiObjects objects(ApiKind kind) {
    return new ApiObjects(kind, controlPlane.admin(), namespace);
  }

  private static String list(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(", ", "[", "]"));
  }
}
