package dev.acktask.operator.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file of certificate authorities that the Kubernetes clients read once, at start. The kubelet
 * replaces it when the certificate authority of the cluster is rotated.
 */
public final class ClusterAuthorities {
  private final @Nullable Path file;
  private final byte @Nullable [] atStart;

  /**
   * @param file null if the authorities do not come from a file
   */
  public ClusterAuthorities(@Nullable Path file) {
    this.file = file;
    this.atStart = read(file);
  }

  /**
   * True if the content differs from the content at start, so that a new process would trust other
   * servers. An unreadable file counts as unchanged.
   */
  public boolean haveChanged() {
    byte[] now = read(file);
    return now != null && !Arrays.equals(now, atStart);
  }

  /** Null if the file is absent or unreadable. */
  private static byte @Nullable [] read(@Nullable Path file) {
    try {
      return file == null ? null : Files.readAllBytes(file);
    } catch (IOException unreadable) {
      return null;
    }
  }
}
