package dev.acktask.e2e.cluster;

import java.util.function.Supplier;

/** Helm as a native library: one call at a time, because its settings belong to the process. */
public final class HelmLibrary {
  private HelmLibrary() {}

  /** The result of {@code call}, which no other call overlaps. */
  public static synchronized <T> T call(Supplier<T> call) {
    return call.get();
  }
}
