package dev.acktask.demo.leash;

import java.io.IOException;

/**
 * Ends its process when the other end of standard input is gone. The system closes that pipe when
 * the demo dies, even by SIGKILL, when no shutdown hook can. An agent, so that the operator and the
 * simulator run exactly as packaged.
 */
public final class Leash {
  private Leash() {}

  /** Called by the JVM before the program's own main method. */
  public static void premain(String arguments) {
    Thread.ofPlatform().daemon().name("leash").start(Leash::haltAtEndOfInput);
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; only the end matters.
      }
    } catch (IOException broken) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(1);
  }
}
