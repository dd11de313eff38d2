package dev.acktask.e2e.chart;

import com.marcnuri.helm.Helm;
import dev.acktask.e2e.cluster.HelmLibrary;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** A chart in a folder, rendered by the Helm library, without hooks and notes. */
public record Chart(Path folder) {
  /** A supported Kubernetes version; the default of the library is very old. */
  static final String KUBERNETES = "1.36.0";

  /** An image that nothing pulls, as a part of values in YAML's flow style. */
  public static final String IMAGE = "image: {repository: registry.example.com/acktask-operator}";

  /** The minimum values of a release, with credentials from a Secret. */
  public static final String LEAST =
      "{region: cn-hangzhou, credentials: {existingSecret: acktask-credentials}, " + IMAGE + "}";

  /** {@link #LEAST} with {@code more} values in YAML's flow style. */
  public static String leastWith(String more) {
    return LEAST.replaceFirst("}$", ", " + Matcher.quoteReplacement(more) + "}");
  }

  /** The chart of this repository. */
  public static Chart ours() {
    return new Chart(Settings.repository().resolve("helm/acktask-operator"));
  }

  /**
   * What a release of that name would install.
   *
   * @param values YAML
   * @throws IllegalStateException when the chart or its schema refuses the values, with Helm's
   *     message
   */
  public Rendered render(String release, String namespace, String values) {
    Path file = file(values);
    try {
      return Rendered.of(
          HelmLibrary.call(
              () ->
                  new Helm(folder)
                      .template()
                      .withName(release)
                      .withNamespace(namespace)
                      .withKubeVersion(KUBERNETES)
                      .withValuesFile(file)
                      .call()));
    } finally {
      delete(file);
    }
  }

  /** The same under the chart's own name in its usual namespace. */
  public Rendered render(String values) {
    return render("acktask-operator", "acktask-system", values);
  }

  /** The values that the chart comes with as examples, one file each. */
  public List<Path> examples() {
    try (Stream<Path> files = Files.list(folder.resolve("ci"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of the example {@code name}. */
  Path example(String name) {
    return folder.resolve("ci/" + name + "-values.yaml");
  }

  /** The text of one of its files. */
  public String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String values) {
    try {
      return Files.writeString(Files.createTempFile("values", ".yaml"), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
