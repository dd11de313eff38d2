package dev.acktask.e2e.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A {@code build.sh} below {@code hack}: provides programs that are cached or built. The last line
 * of its stdout is their path.
 */
public record BuildScript(Path script) {
  private static final int REASON_LINES = 3;

  /** Outcome of one run. */
  public sealed interface Outcome {
    /** The path that the script printed. */
    record Provided(Path path) implements Outcome {}

    /** The script failed; the end of its messages. */
    record Failed(String reason) implements Outcome {}
  }

  /** The script of a folder below {@code hack}. */
  public static BuildScript of(String folder) {
    return new BuildScript(
        Settings.repository().resolve("hack").resolve(folder).resolve("build.sh"));
  }

  /** Runs it, which can take minutes, and prints its progress meanwhile. */
  public Outcome run() {
    try {
      Process build = new ProcessBuilder("bash", script.toString()).start();
      FutureTask<List<String>> messages = new FutureTask<>(() -> relay(build));
      Thread.ofVirtual().start(messages);
      List<String> lines;
      try (BufferedReader stdout = build.inputReader(StandardCharsets.UTF_8)) {
        lines = stdout.lines().toList();
      }
      if (build.waitFor() == 0 && !lines.isEmpty()) {
        return new Outcome.Provided(Path.of(lines.get(lines.size() - 1)));
      }
      return new Outcome.Failed(String.join(" ", messages.get()));
    } catch (IOException e) {
      return new Outcome.Failed(script + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Prints the progress as it comes, and keeps its end as the reason of a failure. */
  private static List<String> relay(Process build) {
    List<String> last = new ArrayList<>();
    try (BufferedReader stderr = build.errorReader(StandardCharsets.UTF_8);
        Stream<String> lines = stderr.lines()) {
      lines.forEach(
          line -> {
            System.out.println(line);
            last.add(line.replaceFirst("^[a-z-]+: ", ""));
            if (last.size() > REASON_LINES) {
              last.remove(0);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last;
  }
}
