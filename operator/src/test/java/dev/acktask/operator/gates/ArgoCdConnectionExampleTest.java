package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The health check of connections for Argo CD: degraded while calls are refused, and never waiting
 * for a first use.
 */
final class ArgoCdConnectionExampleTest {
  private final HealthCheck check = new HealthCheck("AckConnection");

  @Test
  void shouldBeTheSameForBothKinds() throws IOException {
    assertEquals(check.script(), new HealthCheck("ClusterAckConnection").script());
  }

  @ParameterizedTest
  @CsvSource({
    "True, Answered, Healthy",
    "Unknown, NotUsedYet, Healthy",
    "False, SecretNotFound, Degraded",
    "False, SecretInvalid, Degraded",
    "False, CredentialsRefused, Degraded",
    "False, PermissionDenied, Degraded",
    "False, RoleNotAssumable, Degraded",
    "Unknown, OfALaterVersion, Progressing"
  })
  void shouldFollowTheReadyCondition(String status, String reason, String expected)
      throws IOException {
    ObjectNode object = check.testdata("answered");
    ((ObjectNode) object.at("/status/conditions/0")).put("status", status).put("reason", reason);

    assertEquals(expected, check.of(object).status());
  }
}
