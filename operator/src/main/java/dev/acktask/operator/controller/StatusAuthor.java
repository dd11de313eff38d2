package dev.acktask.operator.controller;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

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
