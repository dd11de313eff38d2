package dev.acktask.e2e.examples;

import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The objects in the files of the examples. */
public final class Manifests {
  public static final Path EXAMPLES = Settings.repository().resolve("examples");

  private static final Pattern BETWEEN = Pattern.compile("(?m)^---\\s*$");

  private Manifests() {}

  /** YAML files with objects, without templates. */
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/chart/"))
          .filter(file -> !file.toString().contains("/resource_customizations/"))
          .sorted()
          .toList();
    }
  }

  public static List<GenericKubernetesResource> read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  public static List<GenericKubernetesResource> parse(String text) {
    return Arrays.stream(BETWEEN.split(text, -1))
        .filter(part -> part.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
        .map(part -> Serialization.unmarshal(part, GenericKubernetesResource.class))
        .toList();
  }

  /** True for a kind that the control plane of these tests serves. */
  static boolean isServed(GenericKubernetesResource object) {
    String api = Objects.requireNonNullElse(object.getApiVersion(), ""); // values have none
    return api.equals("v1")
        || api.startsWith("rbac.authorization.k8s.io/")
        || api.startsWith("acktask.dev/");
  }

  /** A file with that object, moved into {@code namespace}. */
  static Path moved(GenericKubernetesResource object, String namespace, Path folder)
      throws IOException {
    object.getMetadata().setNamespace(namespace);
    return Files.writeString(
        Files.createTempFile(folder, "object", ".yaml"), Serialization.asYaml(object));
  }
}
