package dev.acktask.operator.controller;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Who wrote a status last, from the field managers that the API server records with the time of
 * their last change. A manager stays listed for fields that were later confirmed with the same
 * value, so that being listed proves nothing; only the times do.
 *
 * <p>This finds edits by hand and by other tools. It is no defence against somebody who may write
 * the status and takes the operator's name: for that there is RBAC.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">
 *     Field management</a>
 */
final class StatusAuthor {
  private static final String STATUS = "status";

  private StatusAuthor() {}

  /**
   * True when the operator was the last to change the status. Within one second, which is how
   * exactly the times are known, the other one is taken to be the last. True also where nothing is
   * recorded at all: not every API server does.
   */
  static boolean isOperator(ObjectMeta meta) {
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
   * The entries of {@code managers} that {@link #isOperator(ObjectMeta)} depends on, with manager,
   * subresource and time only: at most one of the operator and one of somebody else, however many
   * managers users apply with.
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
    return Stream.of(own, foreign).filter(Objects::nonNull).map(StatusAuthor::author).toList();
  }

  /** Of the entries of others, only those about the status count by their time. */
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

  /** True when {@code entry} is about a status that the operator wrote. */
  static boolean isOperator(ManagedFieldsEntry entry) {
    return STATUS.equals(entry.getSubresource())
        && AckTaskController.FIELD_MANAGER.equals(entry.getManager());
  }

  private static Instant time(ManagedFieldsEntry entry) {
    try {
      return entry.getTime() == null ? Instant.EPOCH : Instant.parse(entry.getTime());
    } catch (DateTimeParseException unreadable) {
      return Instant.EPOCH;
    }
  }
}
