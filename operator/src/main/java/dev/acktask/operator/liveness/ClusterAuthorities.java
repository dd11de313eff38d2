package dev.acktask.operator.liveness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file of certificate authorities that the Kubernetes clients read once, at their start. The
 * kubelet replaces its content when the cluster's authority is rotated.
 */
public final class ClusterAuthorities {
  private final @Nullable Path file;
  private final byte @Nullable [] atStart;

  /**
   * Reads the file as it is now.
   *
   * @param file null when the authorities come from elsewhere
   */
  public ClusterAuthorities(@Nullable Path file) {
    this.file = file;
    this.atStart = read(file);
  }

  /** True when the file now has other content; a new process would trust other servers. */
  public boolean haveChanged() {
    byte[] now = read(file);
    return now != null && !Arrays.equals(now, atStart);
  }

  /** Null when there is no such file, or it cannot be read at this moment. */
  private static byte @Nullable [] read(@Nullable Path file) {
    try {
      return file == null ? null : Files.readAllBytes(file);
    } catch (IOException unreadable) {
      return null;
    }
  }
}
