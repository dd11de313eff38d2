package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names and labels are valid for every release name. */
class ChartNamesTest {
  private static final Chart CHART = Chart.ours();

  /** The limit of Helm. */
  private static final int MAX_RELEASE_LENGTH = 53;

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /** A Service is named like a host: no dot, and a letter first. */
  private static final Pattern HOST_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");

  private static final String VALUES =
      "{region: cn-hangzhou, credentials: {existingSecret: acktask-credentials}, replicaCount: 2,"
          + " image: {repository: registry.example.com/acktask-operator},"
          + " leaderElection: {enabled: true}, podDisruptionBudget: {enabled: true},"
          + " serviceMonitor: {enabled: true}, prometheusRule: {enabled: true},"
          + " networkPolicy: {enabled: true}, grafanaDashboard: {enabled: true},"
          + " connections: {secrets: {namespaces: [team-a]}}";

  private static Stream<String> releases() {
    return IntStream.rangeClosed(1, MAX_RELEASE_LENGTH)
        .boxed()
        .flatMap(
            length ->
                Stream.of("a", "1", "a.", "a-", "0.b-")
                    .map(part -> part.repeat(length).substring(0, length - 1) + "z"))
        .filter(
            name ->
                name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"));
  }

  @Test
  void shouldBeValidForEachNameOfARelease() {
    releases().forEach(release -> check(CHART.render(release, "acktask-system", values(""))));
  }

  @Test
  void shouldBeValidForEachOverrideOfTheName() {
    for (String part : List.of("a", "1", "a.", "x-9.")) {
      for (int length : new int[] {1, 2, 43, 44, 52, 53, 63, 64, 200}) {
        String name = part.repeat(length).substring(0, length - 1) + "z";
        check(CHART.render("acktask", "acktask-system", values("nameOverride: " + name)));
        check(CHART.render("acktask", "acktask-system", values("fullnameOverride: " + name)));
      }
    }
  }

  @Test
  void shouldKeepNamesDistinctWhenReleaseNamesAreLong() {
    Set<List<String>> names = new HashSet<>();
    for (char last : new char[] {'a', 'b'}) {
      String release = "r".repeat(MAX_RELEASE_LENGTH - 1) + last;
      names.add(CHART.render(release, "acktask-system", values("")).names());
    }
    assertEquals(2, names.size(), "the second release would take over the cluster-wide objects");
  }

  private static String values(String more) {
    return VALUES + (more.isEmpty() ? "" : ", " + more) + "}";
  }

  private static void check(Rendered rendered) {
    for (HasMetadata object : rendered.objects()) {
      String name = object.getMetadata().getName();
      Pattern pattern = object instanceof Service ? HOST_LABEL : LABEL;
      if (!object.getKind().equals("CustomResourceDefinition")) {
        assertTrue(name.length() <= 63 && pattern.matcher(name).matches(), name);
      }
      checkLabels(object.getMetadata().getLabels());
    }
    Deployment deployment = rendered.one(Deployment.class);
    checkLabels(deployment.getSpec().getSelector().getMatchLabels());
    checkLabels(deployment.getSpec().getTemplate().getMetadata().getLabels());
  }

  private static void checkLabels(Map<String, String> labels) {
    if (labels != null) {
      labels
          .values()
          .forEach(
              value ->
                  assertTrue(value.length() <= 63 && LABEL_VALUE.matcher(value).matches(), value));
    }
  }
}
