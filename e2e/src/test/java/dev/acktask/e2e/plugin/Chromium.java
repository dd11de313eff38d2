package dev.acktask.e2e.plugin;

import dev.acktask.e2e.cluster.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A browser without a window, with a profile of its own. */
record Chromium(Path program, Path folder) {
  private static final long TIMEOUT_SECONDS = 120;

  /** Skips the test when there is none; in CI that is an error. */
  static Chromium required(Path folder) {
    Optional<Path> program =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .flatMap(
                path -> List.of("chromium", "google-chrome").stream().map(Path.of(path)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String reason =
          "REPORT NOT TRIED IN A BROWSER, there is no chromium on the PATH"
              + " (Debian: apt-get install chromium)";
      if (Settings.required()) {
        Assertions.fail("ACKTASK_E2E_REQUIRED is set, but: " + reason);
      }
      System.out.println("[WARNING] " + reason);
      Assumptions.abort(reason);
    }
    return new Chromium(program.orElseThrow(), folder);
  }

  /** The document of {@code page} once it is loaded, as HTML. */
  String documentOf(Path page) throws IOException, InterruptedException {
    return run("--dump-dom", page);
  }

  /** Writes what {@code page} looks like into {@code picture} (PNG). */
  void screenshot(Path page, Path picture) throws IOException, InterruptedException {
    run("--screenshot=" + picture, page);
  }

  private String run(String action, Path page) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "document", ".html");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--window-size=1100,1400",
                "--user-data-dir=" + folder.resolve("profile"),
                action,
                page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(command + " did not end");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + " ended with " + process.exitValue());
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
