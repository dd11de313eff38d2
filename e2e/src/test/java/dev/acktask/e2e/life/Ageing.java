package dev.acktask.e2e.life;

import dev.acktask.e2e.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moves the times of an object into the past, because the shortest TTL is ten minutes. */
public final class Ageing {
  private Ageing() {}

  /**
   * Moves the times of its status two hours into the past and acknowledges the second generation,
   * with the field manager of the operator.
   *
   * @param scratch for a file
   */
  public static void byTwoHours(
      ControlPlane controlPlane, String namespace, String name, Path scratch) throws IOException {
    String past =
        Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString();
    String yaml =
        controlPlane.kubectl("get", "acktask", name, "-n", namespace, "-o", "yaml").orThrow();
    Path file =
        Files.writeString(
            scratch.resolve(name + ".yaml"),
            yaml.replaceAll("(lastTransitionTime|completionTime): .*", "$1: \"" + past + "\"")
                .replace("observedGeneration: 1", "observedGeneration: 2"));
    controlPlane
        .kubectl(
            "replace",
            "--subresource=status",
            "--field-manager=acktask-operator",
            "-f",
            file.toString())
        .orThrow();
  }
}
