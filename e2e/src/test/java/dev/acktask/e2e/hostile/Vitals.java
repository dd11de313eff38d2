package dev.acktask.e2e.hostile;

import dev.acktask.e2e.operator.OperatorProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Probes {@code /livez} of the operator as the kubelet does, each time on a new connection, and
 * samples the memory of its process.
 */
final class Vitals implements AutoCloseable {
  /** As in the chart. */
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  private final OperatorProcess operator;
  private final CountDownLatch closed = new CountDownLatch(1);
  private int answered;
  private int failed;
  private int failedInARow;
  private int longestFailure;
  private Duration slowest = Duration.ZERO;
  private long largestResidentKib;
  private long largestAnonymousKib;

  /**
   * The samples of one run.
   *
   * @param answered probes with status 200 in time
   * @param failed probes without
   * @param longestFailure most failed probes in a row; the kubelet restarts after three
   * @param slowest of the answered probes
   * @param residentMib largest resident set
   * @param anonymousMib largest resident set without file pages, which counts for the memory limit
   */
  record Findings(
      int answered,
      int failed,
      int longestFailure,
      Duration slowest,
      long residentMib,
      long anonymousMib) {}

  Vitals(OperatorProcess operator) {
    this.operator = operator;
  }

  /** Begins to probe. */
  void start() {
    Thread.ofPlatform().daemon().name("vitals").start(this::run);
  }

  synchronized Findings findings() {
    return new Findings(
        answered,
        failed,
        longestFailure,
        slowest,
        largestResidentKib >> 10,
        largestAnonymousKib >> 10);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      do {
        long start = System.nanoTime();
        boolean alive = probe();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        probed(alive && took.compareTo(PROBE_TIMEOUT) <= 0, took);
        sampleMemory();
      } while (!closed.await(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean probe() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) operator.page("/livez").toURL().openConnection();
      connection.setConnectTimeout((int) PROBE_TIMEOUT.toMillis());
      connection.setReadTimeout((int) PROBE_TIMEOUT.toMillis());
      connection.setRequestProperty("Connection", "close");
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException noAnswer) {
      return false;
    }
  }

  private synchronized void probed(boolean alive, Duration took) {
    if (alive) {
      answered++;
      failedInARow = 0;
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    } else {
      failed++;
      failedInARow++;
      longestFailure = Math.max(longestFailure, failedInARow);
    }
  }

  private void sampleMemory() {
    Path status = Path.of("/proc", Long.toString(operator.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:") || line.startsWith("RssAnon:")) {
          sampled(line.startsWith("VmRSS:"), Long.parseLong(line.replaceAll("[^0-9]", "")));
        }
      }
    } catch (IOException gone) {
      // No process, or no /proc on this system.
    }
  }

  private synchronized void sampled(boolean resident, long kib) {
    if (resident) {
      largestResidentKib = Math.max(largestResidentKib, kib);
    } else {
      largestAnonymousKib = Math.max(largestAnonymousKib, kib);
    }
  }
}
