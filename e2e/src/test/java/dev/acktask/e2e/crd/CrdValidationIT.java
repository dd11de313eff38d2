package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One file per case in {@code src/test/resources/crd} and its folders for the other kinds. The
 * first line of an {@code invalid-*.yaml} is {@code # expected: } and a part of the API server's
 * message.
 */
@OnControlPlane
class CrdValidationIT {
  private static final String EXPECTED = "# expected: ";
  private static ControlPlane controlPlane;
  private static String namespace;

  /** A file with an object of {@code kind}. */
  private record Case(ApiKind kind, Path file) {
    GenericKubernetesResource object() throws IOException {
      return Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    }

    /** The object as the API server would store it. */
    GenericKubernetesResource dryRun() throws IOException {
      return kind.in(controlPlane.admin(), namespace).resource(object()).dryRun(true).create();
    }

    String name() {
      return kind + " " + file.getFileName();
    }
  }

  @BeforeAll
  static void inOneNamespace(ControlPlane started) {
    controlPlane = started;
    namespace = controlPlane.createNamespace("validation");
  }

  @TestFactory
  Stream<DynamicTest> shouldAcceptWhenValid() throws Exception {
    return cases("valid-").stream().map(valid -> dynamicTest(valid.name(), valid::dryRun));
  }

  @TestFactory
  Stream<DynamicTest> shouldKeepEveryFieldWhenValid() throws Exception {
    return cases("valid-").stream()
        .map(
            valid ->
                dynamicTest(
                    valid.name(),
                    () ->
                        assertHolds(
                            "spec", valid.object().get("spec"), valid.dryRun().get("spec"))));
  }

  @TestFactory
  Stream<DynamicTest> shouldSayWhyWhenInvalid() throws Exception {
    return cases("invalid-").stream()
        .map(invalid -> dynamicTest(invalid.name(), () -> assertRefused(invalid)));
  }

  private static void assertRefused(Case invalid) throws IOException {
    String first = Files.readAllLines(invalid.file()).get(0);
    assertTrue(first.startsWith(EXPECTED), "the first line must name the expected message");
    String expected = first.substring(EXPECTED.length());

    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, invalid::dryRun);

    assertEquals(422, refused.getCode(), refused::getMessage);
    String message = refused.getStatus().getMessage();
    assertTrue(message.contains(expected), () -> message + "\ndoes not contain\n" + expected);
  }

  /** Fails for a field that is not stored as it was sent; defaults may be added. */
  private static void assertHolds(String path, Object sent, Object stored) {
    if (sent instanceof Map<?, ?> fields && stored instanceof Map<?, ?> kept) {
      fields.forEach((name, value) -> assertHolds(path + "." + name, value, kept.get(name)));
    } else {
      assertEquals(sent, stored, path);
    }
  }

  private static List<Case> cases(String prefix) throws IOException, URISyntaxException {
    List<Case> cases = new ArrayList<>();
    for (ApiKind kind : ApiKind.values()) {
      int before = cases.size();
      try (Stream<Path> all = Files.list(kind.cases())) {
        all.filter(file -> file.getFileName().toString().startsWith(prefix))
            .sorted()
            .forEach(file -> cases.add(new Case(kind, file)));
      }
      assertFalse(cases.size() == before, () -> "no " + prefix + "*.yaml of " + kind);
    }
    return cases;
  }
}
