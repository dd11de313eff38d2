package dev.acktask.operator;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Requests a collection of the whole heap every 30 seconds, so that memory which a burst has left
 * behind goes back to the system.
 *
 * <p>G1 starts such a collection only when the heap is nearly used, or after an interval without
 * any other collection. While tasks are polled there is no such interval. The request is made only
 * if the JVM runs it beside the work ({@code -XX:+ExplicitGCInvokesConcurrent} in jvm.options);
 * otherwise it would stop the process for its duration.
 */
final class PeriodicCollection {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final BooleanSupplier isConcurrent;
  private final Runnable collection;

  PeriodicCollection() {
    this(PeriodicCollection::isConcurrentInThisProcess, System::gc);
  }

  PeriodicCollection(BooleanSupplier isConcurrent, Runnable collection) {
    this.isConcurrent = isConcurrent;
    this.collection = collection;
  }

  /** Uses the calling thread until it is interrupted. */
  void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        request();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  void request() {
    if (isConcurrent.getAsBoolean()) {
      collection.run();
    }
  }

  static boolean isConcurrentInThisProcess() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return isTrue(jvm, "UseG1GC") && isTrue(jvm, "ExplicitGCInvokesConcurrent");
    } catch (RuntimeException | LinkageError unknown) { // another JVM, or one without this module
      return false;
    }
  }

  private static boolean isTrue(HotSpotDiagnosticMXBean jvm, String option) {
    return Boolean.parseBoolean(jvm.getVMOption(option).getValue());
  }
}
