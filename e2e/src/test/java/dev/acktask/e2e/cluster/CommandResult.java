package dev.acktask.e2e.cluster;

/** Output and exit code of a command. */
public record CommandResult(String command, int exitCode, String stdout, String stderr) {
  /** What it wrote to stdout, if it succeeded. */
  public String orThrow() {
    if (exitCode != 0) {
      throw new IllegalStateException(toString());
    }
    return stdout;
  }

  @Override
  public String toString() {
    return "%s: exit code %d%n%s%s".formatted(command, exitCode, stdout, stderr);
  }
}
