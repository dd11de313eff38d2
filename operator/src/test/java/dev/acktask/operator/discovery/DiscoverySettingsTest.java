package dev.acktask.operator.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Clusters;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Metadata;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Template;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Types;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DiscoverySettingsTest {
  @Test
  void shouldUseTheDefaults() {
    DiscoverySettings settings = valid(all());

    assertEquals(Duration.ofHours(24), settings.selection().since());
    assertEquals(200, settings.limit());
    assertEquals(new DiscoverySettings.Options(true, false, false), settings.options());
    assertFalse(settings.selection().types().accepts("cluster_scaleout"));
  }

  @Test
  void shouldReadAllFields() {
    DiscoverySettings settings =
        valid(
            DiscoverySpec.builder()
                .clusters(new Clusters(List.of("c1", "c2"), null, null))
                .types(new Types(List.of("*"), List.of()))
                .since("1h30m")
                .mode(DiscoverySpec.REPORT_ONLY)
                .limit(7)
                .deletionPolicy(DiscoverySpec.DELETE)
                .suspend(true));

    assertEquals(new DiscoverySettings.Clusters(false, Set.of("c1", "c2")), settings.clusters());
    assertTrue(settings.selection().types().accepts("cluster_scaleout"));
    assertEquals(Duration.ofMinutes(90), settings.selection().since());
    assertEquals(7, settings.limit());
    assertEquals(new DiscoverySettings.Options(false, true, true), settings.options());
  }

  @ParameterizedTest
  @MethodSource
  void shouldReportWhatIsWrong(DiscoverySpec.Builder spec, String problem) {
    var invalid = assertInstanceOf(Parsed.Invalid.class, DiscoverySettings.parse(spec.build()));

    assertTrue(invalid.problems().toString().contains(problem), invalid.problems().toString());
  }

  static Stream<Arguments> shouldReportWhatIsWrong() {
    return Stream.of(
        arguments(DiscoverySpec.builder(), "exactly one of ids and all"),
        arguments(clusters(new Clusters(List.of("c1"), true, null)), "exactly one of"),
        arguments(clusters(new Clusters(List.of(), null, null)), "exactly one of"),
        arguments(clusters(new Clusters(List.of("c1"), null, List.of("c2"))), "exclude"),
        arguments(clusters(new Clusters(List.of("../c1"), null, null)), "has an id"),
        arguments(clusters(new Clusters(Collections.nCopies(1, ""), null, null)), "has an id"),
        arguments(all().since("1 day"), "spec.since"),
        arguments(all().since("0s"), "spec.since"),
        arguments(all().since("721h"), "spec.since"),
        arguments(all().limit(0), "spec.limit"),
        arguments(all().limit(2001), "spec.limit"),
        arguments(all().mode("Manual"), "spec.mode"),
        arguments(all().deletionPolicy("Keep"), "spec.deletionPolicy"),
        arguments(
            all().connectionRefs(List.of(new ConnectionRef("Secret", "eu"))),
            "spec.connectionRefs"),
        arguments(all().types(new Types(Collections.nCopies(65, "*"), null)), "spec.types"),
        arguments(labels("a b", ""), "key that is not valid"),
        arguments(labels("team", "a b"), "value that is not valid"),
        arguments(labels("acktask.dev/discovered-by", "x"), "which the operator sets"));
  }

  @ParameterizedTest
  @MethodSource
  void shouldRefuseTrackingKeysOfGitOpsTools(String key) {
    var invalid =
        assertInstanceOf(Parsed.Invalid.class, DiscoverySettings.parse(labels(key, "x").build()));

    assertTrue(invalid.problems().toString().contains("tracking key " + key));
  }

  static Stream<String> shouldRefuseTrackingKeysOfGitOpsTools() {
    return Stream.of(
        "app.kubernetes.io/instance",
        "argocd.argoproj.io/instance",
        "kustomize.toolkit.fluxcd.io/name",
        "helm.toolkit.fluxcd.io/namespace",
        "meta.helm.sh/release-name",
        "app.kubernetes.io/managed-by");
  }

  private static DiscoverySpec.Builder all() {
    return clusters(new Clusters(null, true, null));
  }

  private static DiscoverySpec.Builder clusters(Clusters clusters) {
    return DiscoverySpec.builder().clusters(clusters);
  }

  private static DiscoverySpec.Builder labels(String key, String value) {
    return all().template(new Template(new Metadata(Map.of(key, value), null), null));
  }

  private static DiscoverySettings valid(DiscoverySpec.Builder spec) {
    return switch (DiscoverySettings.parse(spec.build())) {
      case Parsed.Valid<DiscoverySettings> valid -> valid.value();
      case Parsed.Invalid<DiscoverySettings> invalid ->
          throw new AssertionError(invalid.problems());
    };
  }
}
