package dev.acktask.bench;

import dev.acktask.simulator.script.DurationText;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Starts the benchmark from the command line. */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .registerConverter(Duration.class, BenchMain::duration)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (problem, command, parsed) -> {
                  problem.printStackTrace();
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }

  private static Duration duration(String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> new TypeConversionException(DurationText.EXPECTED));
  }
}
