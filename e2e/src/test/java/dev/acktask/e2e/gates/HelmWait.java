package dev.acktask.e2e.gates;

import dev.acktask.e2e.chart.HelmCli;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A release with {@code --wait} for each object, which adopts it. */
record HelmWait(ControlPlane controlPlane, HelmCli helm) implements GatingTool {
  /** More than the cores, because most of them wait. */
  private static final int PARALLEL = 8;

  /** On a busy machine it reads nothing within the first. */
  private static final List<String> TIMEOUTS = List.of("4s", "20s", "1m");

  @Override
  public String title() {
    return "Helm 4";
  }

  @Override
  public List<Verdict> judge(List<WrittenObject> objects) {
    try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
      Path folder = Files.createDirectories(Settings.output().resolve("gates/helm-objects"));
      Path chart = chart(folder.resolve("chart"));
      List<Future<Verdict>> runs = new ArrayList<>();
      for (int i = 0; i < objects.size(); i++) {
        WrittenObject object = objects.get(i);
        String release = "object-" + i;
        Path values =
            Files.writeString(
                folder.resolve(release + ".json"),
                object.manifest().objectNode().set("object", object.manifest()).toString());
        runs.add(threads.submit(() -> verdict(object, release, chart, values)));
      }
      List<Verdict> verdicts = new ArrayList<>();
      for (Future<Verdict> run : runs) {
        verdicts.add(run.get());
      }
      return verdicts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Verdict verdict(WrittenObject object, String release, Path chart, Path values)
      throws IOException, InterruptedException {
    CommandResult result = null;
    for (String timeout : TIMEOUTS) {
      result =
          helm.run(
              "upgrade",
              "--install",
              release,
              chart.toString(),
              "--namespace=" + object.namespace(),
              "--kubeconfig=" + controlPlane.adminKubeconfig(),
              "--values=" + values,
              "--take-ownership",
              "--wait",
              "--timeout=" + timeout);
      if (result.exitCode() == 0) {
        return Verdict.OPENS;
      }
      String output = result.stderr();
      if (output.contains("not ready. status: Failed")) {
        return output.contains("context deadline exceeded") ? Verdict.WAITS : Verdict.FAILS;
      }
      if (output.contains("not ready. status: InProgress")) {
        return Verdict.WAITS;
      }
    }
    throw new IllegalStateException(object + ": " + result);
  }

  private static Path chart(Path folder) throws IOException {
    Map<String, String> files =
        Map.of(
            "Chart.yaml", "{apiVersion: v2, name: object, version: 0.1.0}\n",
            "templates/object.yaml", "{{ .Values.object | toJson }}\n");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return folder;
  }
}
