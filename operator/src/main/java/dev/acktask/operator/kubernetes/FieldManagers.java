package dev.acktask.operator.kubernetes;

import dev.acktask.operator.text.IsoTime;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the last writer of a status, from the field managers that the API server records with the
 * time of their last change. A listed manager proves nothing, because it stays listed after later
 * writes of the same value; only the times prove the order.
 *
 * <p>This detects edits by hand and by other tools. It is no protection against a client that may
 * write the status under the operator's name; use RBAC for that.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">
 *     Field management</a>
 */
public final class FieldManagers {
  /**
   * Field manager of the operator's writes. The API server takes the name from the User-Agent of
   * the client, up to the first slash.
   */
  public static final String OPERATOR = "acktask-operator";

  private static final String STATUS = "status";

  private FieldManagers() {}

  /**
   * True if the operator changed the status last. The times have a resolution of one second; within
   * the same second the other writer counts as the last. Also true if the API server recorded no
   * managers.
   */
  public static boolean operatorWroteStatusLast(ObjectMeta meta) {
    List<ManagedFieldsEntry> managers = meta.getManagedFields();
    if (managers == null || !hasOther(managers)) {
      return true;
    }
    Instant own = Instant.MIN;
    Instant foreign = Instant.MIN;
    for (ManagedFieldsEntry entry : managers) {
      if (STATUS.equals(entry.getSubresource())) {
        Instant time = time(entry);
        if (isOperator(entry)) {
          own = own.isAfter(time) ? own : time;
        } else {
          foreign = foreign.isAfter(time) ? foreign : time;
        }
      }
    }
    return own.isAfter(foreign);
  }

  /**
   * The entries of {@code managers} that {@link #operatorWroteStatusLast} depends on, with manager,
   * subresource and time only: at most one of the operator and one of all others.
   */
  static List<ManagedFieldsEntry> decisive(List<ManagedFieldsEntry> managers) {
    ManagedFieldsEntry own = null;
    ManagedFieldsEntry foreign = null;
    for (ManagedFieldsEntry entry : managers) {
      if (isOperator(entry)) {
        own = own == null || time(entry).isAfter(time(own)) ? entry : own;
      } else if (foreign == null || rank(entry).isAfter(rank(foreign))) {
        foreign = entry;
      }
    }
    return Stream.of(own, foreign).filter(Objects::nonNull).map(FieldManagers::author).toList();
  }

  /** Entries of other managers count by their time only if they are about the status. */
  private static Instant rank(ManagedFieldsEntry entry) {
    return STATUS.equals(entry.getSubresource()) ? time(entry) : Instant.MIN;
  }

  private static ManagedFieldsEntry author(ManagedFieldsEntry entry) {
    ManagedFieldsEntry author = new ManagedFieldsEntry();
    author.setManager(entry.getManager());
    author.setSubresource(entry.getSubresource());
    author.setTime(entry.getTime());
    return author;
  }

  private static boolean hasOther(List<ManagedFieldsEntry> managers) {
    for (ManagedFieldsEntry entry : managers) {
      if (!isOperator(entry)) {
        return true;
      }
    }
    return false;
  }

  /** True if {@code entry} is a write of the status by the operator. */
  static boolean isOperator(ManagedFieldsEntry entry) {
    return STATUS.equals(entry.getSubresource()) && OPERATOR.equals(entry.getManager());
  }

  private static Instant time(ManagedFieldsEntry entry) {
    try {
      return entry.getTime() == null ? Instant.EPOCH : IsoTime.parse(entry.getTime());
    } catch (DateTimeException unreadable) {
      return Instant.EPOCH;
    }
  }
}
