package dev.acktask.simulator.script;

/** A script that cannot be played; the message names the file, the place and what is wrong. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScriptException(String source, String where, String problem) {
    super(source + ": " + (where.isEmpty() ? "" : where + ": ") + problem);
  }
}
