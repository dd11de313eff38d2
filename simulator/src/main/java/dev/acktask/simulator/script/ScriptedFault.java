package dev.acktask.simulator.script;

import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A fault of a script.
 *
 * @param name its {@code kind} in the script, for the log
 * @param when the affected reads
 * @param effect changes the correct response into the faulty one
 */
public record ScriptedFault(String name, When when, UnaryOperator<Response> effect) {

  /** Which reads a fault hits. */
  public sealed interface When {
    /** By number: the task's reads {@code first} to {@code last}, counted from 1. */
    record Calls(int first, int last) implements When {}

    /** By time: from {@code at} of the script's clock, for {@code length}. */
    record Window(Duration at, Duration length) implements When {}
  }

  /**
   * Does it hit this read?
   *
   * @param elapsed on the script's clock, that is at speed 1
   */
  boolean hits(int call, Duration elapsed) {
    return switch (when) {
      case When.Calls calls -> call >= calls.first() && call <= calls.last();
      case When.Window window ->
          elapsed.compareTo(window.at()) >= 0
              && elapsed.compareTo(window.at().plus(window.length())) < 0;
    };
  }
}
