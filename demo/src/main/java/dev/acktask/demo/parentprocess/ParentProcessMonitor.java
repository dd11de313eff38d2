package dev.acktask.demo.parentprocess;

import java.io.IOException;

/**
 * Java agent: halts its process when standard input ends. The kernel closes that pipe when the demo
 * dies, even by SIGKILL, which runs no shutdown hook. As an agent it leaves the jars of the
 * operator and the simulator unchanged.
 */
public final class ParentProcessMonitor {
  private ParentProcessMonitor() {}

  /** Called by the JVM before the program's own main method. */
  public static void premain(String arguments) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-process-monitor")
        .start(ParentProcessMonitor::haltAtEndOfInput);
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // The demo writes nothing; only the end of the stream matters.
      }
    } catch (IOException broken) {
      // A broken pipe counts as its end.
    }
    Runtime.getRuntime().halt(1);
  }
}
