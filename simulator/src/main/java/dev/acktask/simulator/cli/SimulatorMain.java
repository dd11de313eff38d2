package dev.acktask.simulator.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;

/** Starts the simulator from the command line. */
public final class SimulatorMain {
  private SimulatorMain() {}

  public static void main(String[] args) {
    System.exit(
        commandLine(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(args));
  }

  /** Bad input is one line and exit code 2; what the machine refuses is one line and 1. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new SimulatorCommand())
        .registerConverter(LatencyRange.class, LatencyRange::parse)
        .registerConverter(Duration.class, LatencyRange::duration)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (problem, args) -> {
              err.println("acktask-simulator: " + oneLine(problem) + " (try --help)");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              err.println("acktask-simulator: " + oneLine(problem));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static String oneLine(Exception problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("failed");
  }
}
