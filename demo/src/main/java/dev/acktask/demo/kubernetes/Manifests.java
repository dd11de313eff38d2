package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The YAML files of a folder, in order of their names, as {@code kubectl apply -f} takes them.
 *
 * @param objects that the files describe
 */
public record Manifests(List<HasMetadata> objects) {
  public Manifests {
    objects = List.copyOf(objects);
  }

  /** Reads all {@code .yaml} files of {@code folder}. */
  public static Manifests of(Path folder, KubernetesClient client) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    List<HasMetadata> objects = new ArrayList<>();
    for (Path file : files) {
      try (InputStream content = Files.newInputStream(file)) {
        objects.addAll(client.load(content).items());
      }
    }
    return new Manifests(objects);
  }

  public void createIn(String namespace, KubernetesClient client) {
    for (HasMetadata object : objects) {
      object.getMetadata().setNamespace(namespace);
      client.resource(object).create();
    }
  }
}
