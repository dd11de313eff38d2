package dev.acktask.e2e.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A browser without a window, with a separate profile. */
record Chromium(Path program, Path folder) {
  private static final long TIMEOUT_SECONDS = 120;

  /** Skips the test when there is none; in CI that is an error. */
  static Chromium required(Path folder) {
    return new Chromium(Program.required("chromium", "google-chrome"), folder);
  }

  /** The document of {@code page} once it is loaded, as HTML. */
  String documentOf(Path page) throws IOException, InterruptedException {
    return run("--dump-dom", page);
  }

  /** Draws {@code page} into {@code picture} (PNG). */
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
