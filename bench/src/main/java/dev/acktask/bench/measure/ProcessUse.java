package dev.acktask.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Resource usage of a process, from {@code /proc} (proc(5)).
 *
 * @param cpu of all its threads since its start, with a resolution of 10 ms
 * @param rssBytes resident now, shared pages included
 */
public record ProcessUse(Duration cpu, long rssBytes) {
  private static final String RSS = "VmRSS:";
  private static final int KIB = 1024;

  /**
   * Of the process {@code pid} now.
   *
   * @throws IllegalStateException when it is gone
   */
  public static ProcessUse of(long pid) {
    Duration cpu =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    return new ProcessUse(cpu, rss(Path.of("/proc", String.valueOf(pid), "status")));
  }

  private static long rss(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(RSS))
          .map(line -> line.substring(RSS.length()).replace("kB", "").strip())
          .mapToLong(kib -> Long.parseLong(kib) * KIB)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(status + " has no " + RSS));
    } catch (IOException e) {
      throw new UncheckedIOException("the benchmark needs Linux's /proc", e);
    }
  }
}
