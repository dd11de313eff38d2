package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults, immutability, the status subresource and the bounds of gates. */
@OnControlPlane
class GateStorageIT {
  private static final String NAMES = "{mode: AllSucceeded, taskRefs: [{name: a}]}";
  private static final String SELECTOR =
      "{mode: AllSucceeded, selector: {matchLabels: {change: c1}}, since: 2h, count: 5,"
          + " deadline: 4h}";
  private static final String QUIET =
      "{mode: NoneRunning, clusterIds: [c1], discoveryRef: {name: all-clusters}}";
  private static final String STATUS =
      """
      {observedGeneration: 1, phase: Failed, done: 2/5, blocking: 'b, c and 3 more',
       conditions: [{type: Succeeded, status: 'False', reason: TaskNotSucceeded, message: m,
                     observedGeneration: 1, lastTransitionTime: '2026-01-02T03:04:05Z'}]}
      """;

  private final ControlPlane controlPlane;
  private String namespace;
  private ApiObjects objects;

  GateStorageIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void inASeparateNamespace() {
    namespace = controlPlane.createNamespace("gate-storage");
    objects = new ApiObjects(ApiKind.ACK_TASK_GATE, controlPlane.admin(), namespace);
  }

  @Test
  void shouldKeepANewGateClosed() {
    GenericKubernetesResource created = objects.create("fresh", NAMES);

    assertEquals(ApiObjects.fields(NAMES), created.get("spec"));
    assertEquals(Map.of("observedGeneration", -1, "phase", "Waiting"), created.get("status"));
  }

  @Test
  void shouldIgnoreAStatusThatIsCreatedWithTheObject() throws IOException {
    // given
    Map<String, Object> forged =
        ApiObjects.fields(
            "{apiVersion: acktask.dev/v1alpha1, kind: AckTaskGate, metadata: {name: forged},"
                + " status: {observedGeneration: 1, phase: Succeeded}}");
    forged.put("spec", ApiObjects.fields(QUIET));

    // when
    controlPlane
        .admin()
        .resource(
            Serialization.unmarshal(Serialization.asYaml(forged), GenericKubernetesResource.class))
        .inNamespace(namespace)
        .create();

    // then
    assertEquals(
        Map.of("observedGeneration", -1, "phase", "Waiting"), objects.get("forged").get("status"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        NAMES + " | {taskRefs: [{name: b}]}",
        NAMES + " | {taskRefs: [{name: a}, {name: b}]}",
        NAMES + " | {deadline: 1h}",
        NAMES + " | {mode: NoneRunning, taskRefs: null, clusterIds: [c1], discoveryRef: {name: d}}",
        SELECTOR + " | {count: 4}",
        SELECTOR + " | {since: 3h}",
        SELECTOR + " | {deadline: 5h}",
        SELECTOR + " | {deadline: null}",
        SELECTOR + " | {selector: {matchLabels: {change: c2}}}",
        SELECTOR + " | {selector: {matchLabels: {team: shop}}}",
        SELECTOR + " | {selector: null, since: null, count: null, taskRefs: [{name: a}]}",
        QUIET + " | {clusterIds: [c1, c2]}",
        QUIET + " | {clusterIds: [c2]}",
        QUIET + " | {discoveryRef: {name: others}}"
      })
  void shouldRefuseAnyEditOfTheSpec(String from, String change) {
    // given
    objects.create("immutable", from);

    // when
    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, () -> objects.patchSpec("immutable", change));

    // then
    assertEquals(422, refused.getCode(), refused::getMessage);
    String expected =
        "the spec of a gate is immutable: create another AckTaskGate for another change";
    assertTrue(refused.getStatus().getMessage().contains(expected), refused::getMessage);
    assertEquals(ApiObjects.fields(from), objects.get("immutable").get("spec"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {NAMES, SELECTOR, QUIET})
  void shouldAcceptTheSameSpecAgain(String spec) {
    objects.create("again", spec);

    GenericKubernetesResource patched = objects.patchSpec("again", spec);

    assertEquals(1, patched.getMetadata().getGeneration());
  }

  @Test
  void shouldKeepEveryFieldOfTheStatus() {
    // given
    objects.create("used", SELECTOR);

    // when
    objects.writeStatus("used", STATUS);

    // then
    assertEquals(ApiObjects.fields(STATUS), objects.get("used").get("status"));
    assertEquals(1, objects.get("used").getMetadata().getGeneration());
  }

  /** Each list at its bound: rules that cost too much would refuse such an object. */
  @Test
  void shouldAcceptTheLargestGates() {
    // given
    String name = "n%0252d";
    String labels =
        IntStream.range(0, 16)
            .mapToObj(i -> "%0250d.ex/l%062d: v%062d".formatted(i, i, i))
            .collect(Collectors.joining(", ", "{", "}"));

    // when
    objects.create(
        "names",
        "{mode: AllSucceeded, taskRefs: %s}"
            .formatted(list(200, i -> "{name: " + name.formatted(i) + "}")));
    objects.create(
        "labels",
        "{mode: AllSucceeded, selector: {matchLabels: %s}, since: 720h, count: 200}"
            .formatted(labels));
    objects.create(
        "clusters",
        "{mode: NoneRunning, clusterIds: %s, discoveryRef: {name: %s}}"
            .formatted(list(100, "c%063d"::formatted), name.formatted(0)));
    objects.writeStatus("names", "{phase: Waiting, blocking: %s}".formatted("b".repeat(256)));

    // then
    assertEquals(name.formatted(199), objects.get("names").get("spec", "taskRefs", 199, "name"));
    assertEquals("c%063d".formatted(99), objects.get("clusters").get("spec", "clusterIds", 99));
  }

  private static String list(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(", ", "[", "]"));
  }
}
