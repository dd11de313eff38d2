package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Kills what is left when this JVM ends, however it ends: a shell that waits on a pipe, whose end
 * comes with a kill -9 as well, where no shutdown hook runs.
 */
public final class ProcessReaper implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      pids=' '
      while read -r verb pid; do
        case $verb in
          watch) pids="$pids$pid " ;;
          forget) pids="${pids%% $pid *} ${pids#* $pid }" ;;
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

  /** To be called once the process is gone, before its id can mean another one. */
  void forget(long pid) {
    order("forget", pid);
  }

  /** Kills whatever is still watched. */
  @Override
  public void close() {
    try {
      orders.close();
      shell.waitFor();
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
