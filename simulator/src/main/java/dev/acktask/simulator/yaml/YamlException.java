package dev.acktask.simulator.yaml;

/** A file that cannot be used; the message names the file, the place and what is wrong. */
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public YamlException(String source, String where, String problem) {
    super(source + ": " + (where.isEmpty() ? "" : where + ": ") + problem);
  }
}
