package dev.acktask.e2e.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** The folder with the programs of a control plane. */
public record ControlPlaneBinaries(Path folder) {

  /** What there is, or why there is nothing. */
  public sealed interface Search {
    record Found(ControlPlaneBinaries binaries) implements Search {}

    record Missing(String reason) implements Search {}
  }

  /**
   * Asks {@code hack/control-plane/build.sh}, which may build them for minutes and says so while it
   * does.
   */
  public static Search search() {
    Path script = Settings.repository().resolve("hack/control-plane/build.sh");
    try {
      Process build = new ProcessBuilder("bash", script.toString()).start();
      FutureTask<List<String>> said = new FutureTask<>(() -> relay(build));
      Thread.ofVirtual().start(said);
      List<String> lines;
      try (BufferedReader stdout = build.inputReader(StandardCharsets.UTF_8)) {
        lines = stdout.lines().toList();
      }
      if (build.waitFor() == 0 && !lines.isEmpty()) {
        return new Search.Found(new ControlPlaneBinaries(Path.of(lines.get(lines.size() - 1))));
      }
      return new Search.Missing(String.join(" ", said.get()));
    } catch (IOException e) {
      return new Search.Missing(script + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  public Path etcd() {
    return folder.resolve("etcd");
  }

  public Path apiServer() {
    return folder.resolve("kube-apiserver");
  }

  public Path kubectl() {
    return folder.resolve("kubectl");
  }

  /** Absent from bundles made for envtest: no garbage collection and no end of namespaces then. */
  public Optional<Path> controllerManager() {
    return Optional.of(folder.resolve("kube-controller-manager")).filter(Files::isExecutable);
  }

  /** Shows the progress as it comes, and keeps its end as the reason of a failure. */
  private static List<String> relay(Process build) {
    List<String> last = new ArrayList<>();
    try (BufferedReader stderr = build.errorReader(StandardCharsets.UTF_8);
        Stream<String> lines = stderr.lines()) {
      lines.forEach(
          line -> {
            System.out.println(line);
            last.add(line.replaceFirst("^control-plane: ", ""));
            if (last.size() > 3) {
              last.remove(0);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last;
  }
}
