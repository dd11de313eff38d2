package dev.acktask.operator.gate;

import static dev.acktask.operator.gate.Gates.named;
import static dev.acktask.operator.gate.Gates.noneRunning;
import static dev.acktask.operator.gate.Gates.selected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateSpec.DiscoveryRef;
import dev.acktask.operator.api.v1alpha1.GateSpec.Selector;
import dev.acktask.operator.api.v1alpha1.GateSpec.TaskRef;
import dev.acktask.operator.gate.GateSettings.Condition.NamedSucceeded;
import dev.acktask.operator.gate.GateSettings.Condition.NoneRunning;
import dev.acktask.operator.gate.GateSettings.Condition.SelectedSucceeded;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class GateSettingsTest {
  private static final String LONG = "a".repeat(254);

  @Test
  void shouldReadNames() {
    assertEquals(
        new GateSettings(new NamedSucceeded(List.of("b.1", "a")), Duration.ofMinutes(90)),
        valid(named("b.1", "a").deadline("1h30m")));
  }

  @Test
  void shouldReadASelector() {
    assertEquals(
        new GateSettings(
            new SelectedSucceeded(Map.of("change", "4711"), Duration.ofHours(1), 5), null),
        valid(selected()));
  }

  @Test
  void shouldReadClusters() {
    assertEquals(
        new GateSettings(new NoneRunning(Set.of("c1", "C_2.x"), "all"), null),
        valid(noneRunning("c1", "C_2.x")));
  }

  @ParameterizedTest
  @MethodSource
  void shouldAcceptTheLimits(GateSpec.Builder spec) {
    assertInstanceOf(Parsed.Valid.class, GateSettings.parse(spec.build()));
  }

  static Stream<GateSpec.Builder> shouldAcceptTheLimits() {
    return Stream.of(
        named(numbers("t", 200)),
        named("a".repeat(253)),
        noneRunning(numbers("c", 100)),
        noneRunning("c".repeat(64)),
        selected().count(1).since("1m"),
        selected().count(200).since("720h"),
        labels(many(16)),
        labels(Map.of("acktask.dev/" + "k".repeat(63), "v".repeat(63))),
        labels(Map.of("a", "")));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void shouldReportWhatIsWrong(GateSpec.Builder spec, String problem) {
    var invalid = assertInstanceOf(Parsed.Invalid.class, GateSettings.parse(spec.build()));

    assertEquals(1, invalid.problems().size(), invalid.problems().toString());
    assertTrue(invalid.problems().toString().contains(problem), invalid.problems().toString());
  }

  static Stream<Arguments> shouldReportWhatIsWrong() {
    return Stream.of(
            Stream.of(
                arguments(GateSpec.builder(), "spec.mode is neither"),
                arguments(named("a").mode("allSucceeded"), "spec.mode is neither"),
                arguments(named("a").deadline("soon"), "spec.deadline is not a duration"),
                arguments(noneRunning("c1").deadline(""), "spec.deadline is not a duration")),
            wrongNames(),
            wrongSelectors(),
            wrongClusters())
        .flatMap(it -> it);
  }

  private static Stream<Arguments> wrongNames() {
    return Stream.of(
        arguments(named("a").taskRefs(null), "exactly one of"),
        arguments(selected().taskRefs(List.of(new TaskRef("a"))), "exactly one of"),
        arguments(named(), "spec.taskRefs does not have 1 to 200"),
        arguments(named(numbers("t", 201)), "spec.taskRefs does not have 1 to 200"),
        arguments(named("a", "b", "a"), "names an AckTask twice"),
        arguments(named("a", "T_1"), "that no AckTask can have: \"T_1\""),
        arguments(named(""), "that no AckTask can have: \"\""),
        arguments(named(LONG), "that no AckTask can have"),
        arguments(named((String) null), "that no AckTask can have: none"),
        arguments(named("a").taskRefs(Collections.singletonList(null)), "that no AckTask can have"),
        arguments(named("a").since("1h"), "only valid with spec.selector"),
        arguments(named("a").count(1), "only valid with spec.selector"),
        arguments(named("a").clusterIds(List.of()), "spec.clusterIds is only valid"),
        arguments(
            named("a").discoveryRef(new DiscoveryRef("a")), "spec.discoveryRef is only valid"));
  }

  private static Stream<Arguments> wrongSelectors() {
    return Stream.of(
        arguments(selected().since(null), "spec.since is not"),
        arguments(selected().since("1 day"), "spec.since is not"),
        arguments(selected().since("59s"), "spec.since is not"),
        arguments(selected().since("720h1ms"), "spec.since is not"),
        arguments(selected().count(null), "spec.count is not"),
        arguments(selected().count(0), "spec.count is not"),
        arguments(selected().count(201), "spec.count is not"),
        arguments(labels(null), "does not have 1 to 16"),
        arguments(labels(Map.of()), "does not have 1 to 16"),
        arguments(labels(many(17)), "does not have 1 to 16"),
        arguments(labels(Map.of("a b", "x")), "has a key"),
        arguments(labels(Map.of("k".repeat(64), "x")), "has a key"),
        arguments(labels(Map.of("a", "-x")), "has a value"),
        arguments(labels(Map.of("a", "v".repeat(64))), "has a value"),
        arguments(labels(Collections.singletonMap("a", null)), "has a value"));
  }

  private static Stream<Arguments> wrongClusters() {
    return Stream.of(
        arguments(noneRunning("c1").clusterIds(null), "spec.clusterIds does not have 1 to 100"),
        arguments(noneRunning(), "spec.clusterIds does not have 1 to 100"),
        arguments(noneRunning(numbers("c", 101)), "spec.clusterIds does not have 1 to 100"),
        arguments(noneRunning("../c1"), "spec.clusterIds has an id"),
        arguments(noneRunning("c".repeat(65)), "spec.clusterIds has an id"),
        arguments(noneRunning("c1", null), "spec.clusterIds has an id"),
        arguments(noneRunning("c1").discoveryRef(null), "spec.discoveryRef needs"),
        arguments(noneRunning("c1").discoveryRef(new DiscoveryRef(null)), "it has none"),
        arguments(noneRunning("c1").discoveryRef(new DiscoveryRef("A")), "it has \"A\""),
        arguments(noneRunning("c1").discoveryRef(new DiscoveryRef(LONG)), "spec.discoveryRef"),
        arguments(noneRunning("c1").taskRefs(List.of()), "spec.taskRefs is only valid"),
        arguments(noneRunning("c1").selector(new Selector(null)), "spec.selector is only valid"),
        arguments(noneRunning("c1").since("1h"), "spec.since is only valid"),
        arguments(noneRunning("c1").count(1), "spec.count is only valid"));
  }

  @Test
  void shouldReportEachProblem() {
    Parsed<GateSettings> parsed =
        GateSettings.parse(selected().since("x").count(-1).deadline("y").build());

    var invalid = assertInstanceOf(Parsed.Invalid.class, parsed);
    assertEquals(3, invalid.problems().size(), invalid.problems().toString());
  }

  @Test
  void shouldReadARepeatedClusterOnce() {
    NoneRunning clusters =
        assertInstanceOf(NoneRunning.class, valid(noneRunning("c1", "c1")).condition());

    assertEquals(Set.of("c1"), clusters.clusterIds());
  }

  private static GateSettings valid(GateSpec.Builder spec) {
    var parsed = assertInstanceOf(Parsed.Valid.class, GateSettings.parse(spec.build()));
    return (GateSettings) parsed.value();
  }

  private static GateSpec.Builder labels(Map<String, String> labels) {
    return selected().selector(new Selector(labels));
  }

  private static Map<String, String> many(int number) {
    Map<String, String> labels = new HashMap<>();
    Arrays.stream(numbers("k", number)).forEach(key -> labels.put(key, "v"));
    return labels;
  }

  private static String[] numbers(String prefix, int number) {
    return IntStream.range(0, number).mapToObj(i -> prefix + i).toArray(String[]::new);
  }
}
