package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Kills the remaining processes when this JVM ends, even by SIGKILL, which runs no shutdown hook: a
 * shell waits for the end of a pipe.
 */
public final class ProcessReaper implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      pids=' '
      while read -r verb pid; do
        case $verb in
          watch) pids="$pids$pid " ;;
          forget) case $pids in *" $pid "*) pids="${pids%% $pid *} ${pids#* $pid }" ;; esac ;;
        esac
      done
      for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
      """;

  private final Process shell;
  private final OutputStream orders;

  public ProcessReaper() {
    try {
      shell =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = shell.getOutputStream();
  }

  long pid() {
    return shell.pid();
  }

  void watch(long pid) {
    order("watch", pid);
  }

  /**
   * To be called once the process is gone, before its id can mean another one. Nothing happens when
   * it is not watched.
   */
  void forget(long pid) {
    order("forget", pid);
  }

  /** Kills whatever is still watched. */
  @Override
  public void close() {
    try {
      orders.close();
      if (!shell.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        shell.destroyForcibly();
        throw new IllegalStateException("the process reaper did not end within " + TIMEOUT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void order(String verb, long pid) {
    try {
      orders.write((verb + " " + pid + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the process reaper is gone", e);
    }
  }
}
