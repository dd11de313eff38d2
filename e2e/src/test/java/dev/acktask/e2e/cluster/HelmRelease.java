package dev.acktask.e2e.cluster;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A chart installed by real Helm. Nothing waits for pods: there is no node that would run them.
 *
 * @param kubeconfig of an administrator
 */
public record HelmRelease(Path kubeconfig, String name, String namespace) {
  /** The chart of this repository. */
  public static final Path CHART = Settings.repository().resolve("helm/acktask-operator");

  /** Into a namespace that exists. */
  public void install(Path chart, String values) {
    withFile(
        values,
        file ->
            HelmLibrary.call(
                () ->
                    new Helm(chart)
                        .install()
                        .withName(name)
                        .withNamespace(namespace)
                        .withKubeConfig(kubeconfig)
                        .withValuesFile(file)
                        .call()));
  }

  /** With these values only; earlier values are dropped. */
  public void upgrade(Path chart, String values) {
    withFile(
        values,
        file ->
            HelmLibrary.call(
                () ->
                    new Helm(chart)
                        .upgrade()
                        .resetValues()
                        .withName(name)
                        .withNamespace(namespace)
                        .withKubeConfig(kubeconfig)
                        .withValuesFile(file)
                        .call()));
  }

  public void uninstall() {
    HelmLibrary.call(
        () -> Helm.uninstall(name).withNamespace(namespace).withKubeConfig(kubeconfig).call());
  }

  private static void withFile(String values, Consumer<Path> command) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        command.accept(Files.writeString(file, values));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
