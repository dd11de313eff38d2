package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One file per case in {@code src/test/resources/crd}. The first line of an {@code invalid-*.yaml}
 * is {@code # expected: } and a part of the API server's message.
 */
@OnControlPlane
class CrdValidationIT {
  private static final String EXPECTED = "# expected: ";
  private static AckTasks tasks;

  @BeforeAll
  static void inOneNamespace(ControlPlane controlPlane) {
    tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("validation"));
  }

  @TestFactory
  Stream<DynamicTest> shouldAcceptWhenValid() throws Exception {
    return files("valid-").stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> dryRun(file)));
  }

  @TestFactory
  Stream<DynamicTest> shouldSayWhyWhenInvalid() throws Exception {
    return files("invalid-").stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> assertRefused(file)));
  }

  private static void assertRefused(Path file) throws IOException {
    String first = Files.readAllLines(file).get(0);
    assertTrue(first.startsWith(EXPECTED), "the first line must name the expected message");
    String expected = first.substring(EXPECTED.length());

    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, () -> dryRun(file));

    assertEquals(422, refused.getCode(), refused::getMessage);
    String message = refused.getStatus().getMessage();
    assertTrue(message.contains(expected), () -> message + "\ndoes not contain\n" + expected);
  }

  private static void dryRun(Path file) throws IOException {
    GenericKubernetesResource object =
        Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    tasks.operation().resource(object).dryRun(true).create();
  }

  private static List<Path> files(String prefix) throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(CrdValidationIT.class.getResource("/crd")).toURI());
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
      assertFalse(files.isEmpty(), "no " + prefix + "*.yaml in " + folder);
      return files;
    }
  }
}
