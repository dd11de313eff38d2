package dev.acktask.simulator.cli;

import dev.acktask.simulator.SimulatorObserver;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.requestlog.RequestRecordJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Logs events to stderr and requests to the record file. */
final class SimulatorLog implements SimulatorObserver, AutoCloseable {
  private final PrintWriter err;
  private final boolean verbose;
  private final Optional<Writer> record;

  private SimulatorLog(PrintWriter err, boolean verbose, Optional<Writer> record) {
    this.err = err;
    this.verbose = verbose;
    this.record = record;
  }

  /**
   * Logs to {@code err}.
   *
   * @param verbose also log each request
   * @param record file that receives one line of JSON for each request
   */
  static SimulatorLog open(PrintWriter err, boolean verbose, Optional<Path> record)
      throws IOException {
    Optional<Writer> file = Optional.empty();
    if (record.isPresent()) {
      try {
        file =
            Optional.of(
                Files.newBufferedWriter(
                    record.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      } catch (IOException e) {
        throw new IOException("cannot write the record " + record.get(), e);
      }
    }
    return new SimulatorLog(err, verbose, file);
  }

  @Override
  public void stateChanged(String taskId, String from, String to) {
    line("state changed task=" + taskId + " from=" + (from.isEmpty() ? "-" : from) + " to=" + to);
  }

  @Override
  public void faulted(String taskId, int call, String fault) {
    line("fault served task=" + taskId + " call=" + call + " fault=" + fault);
  }

  @Override
  public void served(RequestRecord served) {
    if (verbose) {
      line(
          ("request served account=%s region=%s line=\"%s\" signature=%s status=%d outcome=%s"
                  + " bytes=%d")
              .formatted(
                  served.accountId().orElse("-"),
                  served.region(),
                  served.requestLine(),
                  served.signature(),
                  served.status(),
                  served.outcome(),
                  served.bytes()));
    }
    record.ifPresent(file -> append(file, RequestRecordJson.line(served)));
  }

  private synchronized void append(Writer file, String line) {
    try {
      file.append(line).append('\n').flush();
    } catch (IOException e) {
      line("record not written cause=" + e.getMessage()); // do not fail the request
    }
  }

  /** Control characters of a request must not reach a terminal. */
  void line(String text) {
    err.println(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + " "
            + text.replaceAll("\\p{Cntrl}", "?"));
  }

  @Override
  public void close() throws IOException {
    if (record.isPresent()) {
      record.get().close();
    }
  }
}
