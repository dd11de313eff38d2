package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.event.ObjectEvent;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class EventNameTest {
  /** RFC 1123 subdomain, as Kubernetes checks the names of Events and of AckTasks. */
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int LONGEST = 253;
  private static final ObjectEvent EVENT = new ObjectEvent(false, "TaskSucceeded", "note", "1");

  @Test
  void shouldBeValidForEachLengthOfEachKindOfName() {
    for (String pattern : List.of("a", "0", "a.", "a-b.", "0--9.", "x-", "ab.c-d.")) {
      for (int length = 1; length <= LONGEST; length++) {
        String object = pattern.repeat(length).substring(0, length - 1) + "a";
        if (!SUBDOMAIN.matcher(object).matches()) {
          continue;
        }
        String name = name(object, "u");

        assertTrue(name.length() <= LONGEST, name);
        assertTrue(SUBDOMAIN.matcher(name).matches(), name);
        assertTrue(name.startsWith(object.substring(0, Math.min(length, 198))), name);
      }
    }
  }

  @Test
  void shouldDifferForObjectsWithTheSamePrefix() {
    String begin = "a".repeat(LONGEST - 1);

    assertNotEquals(name(begin + "a", "u1"), name(begin + "b", "u2"));
    assertEquals(name(begin + "a", "u1"), name(begin + "a", "u1"));
  }

  private static String name(String object, String uid) {
    ObjectMeta meta = new ObjectMetaBuilder().withName(object).withUid(uid).build();
    return KubernetesEventRecorder.name(meta, EVENT);
  }
}
