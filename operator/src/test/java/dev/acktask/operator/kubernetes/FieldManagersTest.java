package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldManagersTest {
  private static final String OPERATOR = FieldManagers.OPERATOR;

  @Test
  void shouldTrustAStatusWithoutRecordedManagers() {
    assertTrue(FieldManagers.operatorWroteStatusLast(new ObjectMeta()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-01-01T00:00:02Z, 2026-01-01T00:00:01Z, true",
        "2026-01-01T00:00:01Z, 2026-01-01T00:00:02Z, false",
        "2026-01-01T00:00:01Z, 2026-01-01T00:00:01Z, false",
        "2026-01-01T00:00:01Z, someday,              true",
        "someday,              2026-01-01T00:00:01Z, false",
        "-,                    someday,              false"
      })
  void shouldTrustTheLaterWriter(String own, String foreign, boolean expected) {
    ObjectMeta meta =
        of(status(OPERATOR, own), status("kubectl", foreign), entry("helm", "", "9999"));
    assertEquals(expected, FieldManagers.operatorWroteStatusLast(meta));
  }

  @Test
  void shouldIgnoreWritersOfOtherParts() {
    ObjectMeta meta =
        of(status(OPERATOR, "2026-01-01T00:00:01Z"), entry("kubectl", "", "2026-01-01T00:00:02Z"));
    assertTrue(FieldManagers.operatorWroteStatusLast(meta));
  }

  @Test
  void shouldNotTrustAStatusThatTheOperatorNeverWrote() {
    assertEquals(
        false,
        FieldManagers.operatorWroteStatusLast(of(entry("kubectl", "", "2026-01-01T00:00:02Z"))));
  }

  private static ObjectMeta of(ManagedFieldsEntry... entries) {
    return new ObjectMetaBuilder().withManagedFields(entries).build();
  }

  private static ManagedFieldsEntry status(String manager, String time) {
    return entry(manager, "status", time);
  }

  private static ManagedFieldsEntry entry(String manager, String subresource, String time) {
    return new ManagedFieldsEntryBuilder()
        .withManager(manager)
        .withOperation("Update")
        .withSubresource(subresource)
        .withTime(time)
        .build();
  }
}
