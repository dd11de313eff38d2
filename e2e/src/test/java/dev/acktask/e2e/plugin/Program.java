package dev.acktask.e2e.plugin;

import dev.acktask.e2e.cluster.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs on the PATH that the tests of the plugin need. */
final class Program {
  private Program() {}

  /**
   * The first of {@code names} that is there. Without any the test is skipped; in CI that is an
   * error.
   */
  static Path required(String... names) {
    Optional<Path> program =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .flatMap(folder -> Arrays.stream(names).map(Path.of(folder)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String reason =
          "KUBECTL PLUGIN NOT TRIED, there is no %s on the PATH (Debian: apt-get install jq dash chromium)"
              .formatted(String.join(" or ", List.of(names)));
      if (Settings.required()) {
        Assertions.fail("ACKTASK_E2E_REQUIRED is set, but: " + reason);
      }
      System.out.println("[WARNING] " + reason);
      Assumptions.abort(reason);
    }
    return program.orElseThrow();
  }
}
