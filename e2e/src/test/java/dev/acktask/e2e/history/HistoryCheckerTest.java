package dev.acktask.e2e.history;

import static dev.acktask.e2e.history.ForgedHistory.INTERVAL;
import static dev.acktask.e2e.history.ForgedHistory.running;
import static dev.acktask.e2e.history.HistoryAssertions.assertAccepted;
import static dev.acktask.e2e.history.HistoryAssertions.assertRejected;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The checker accepts and rejects accesses to Secrets and planted secrets. */
class HistoryCheckerTest {
  @Test
  void shouldRejectS7WhenTheSecretOfAnotherNamespaceIsRead() {
    assertRejected(Invariant.S7, running().nameSecret("ns", "keys").readSecret("other", "keys"));
  }

  @Test
  void shouldRejectS7WhenSecretsAreListed() {
    assertRejected(Invariant.S7, running().nameSecret("ns", "keys").readSecret("ns", ""));
  }

  @Test
  void shouldAcceptWhenTheNamedSecretIsRead() {
    assertAccepted(running().nameSecret("ns", "keys").readSecret("ns", "keys"));
  }

  @Test
  void shouldRejectS8WhenASecretIsLogged() {
    assertRejected(Invariant.S8, running().plant("c4n4ry").log("signed with c4n4ry"));
  }

  @Test
  void shouldRejectS8WhenASecretIsInTheStatus() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 1).put("parameters", "p=c4n4ry");

    // then
    assertRejected(
        Invariant.S8, running().plant("c4n4ry").pass(INTERVAL).answer("paused").report(status));
  }

  @Test
  void shouldRejectS8WhenTheDataOfASecretIsLogged() {
    // given
    String data = Base64.getEncoder().encodeToString("c4n4ry\n".getBytes(UTF_8));

    // then
    assertRejected(Invariant.S8, running().plant("c4n4ry").log("data: " + data));
  }
}
