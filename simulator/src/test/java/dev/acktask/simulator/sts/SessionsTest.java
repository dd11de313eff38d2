package dev.acktask.simulator.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.SteppedClock;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The keys of issued sessions. */
class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final RamArn ARN = RamArn.role("1000000000000001", "reader");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SteppedClock clock = new SteppedClock(NOW.plusMillis(900));
  private final FakeDirectory directory = new FakeDirectory();
  private final Sessions sessions = new Sessions(directory, clock, issued -> {});

  private Session issue() {
    return sessions.issue(ARN, "session", HOUR);
  }

  @Test
  void shouldFindAnIssuedKeyWithItsRole() {
    // given
    directory.put(ARN, Role.of("reader").permitting(Operation.DESCRIBE_TASK_INFO));

    // when
    Session session = issue();
    SigningKey key = sessions.find(session.keyId()).orElseThrow();

    // then
    assertEquals(session.credential(), key.credential());
    assertEquals(Optional.of(NOW.plus(HOUR)), key.expiration());
    assertEquals(
        new Caller(
            "1000000000000001", Optional.of(ARN.toString()), Set.of(Operation.DESCRIBE_TASK_INFO)),
        key.caller());
  }

  @Test
  void shouldFollowAChangeOfThePermissions() {
    Session session = issue();
    directory.put(ARN, Role.of("reader").permitting());
    assertFalse(caller(session).may(Operation.DESCRIBE_TASK_INFO));
    directory.put(ARN, Role.of("reader"));
    assertTrue(caller(session).may(Operation.DESCRIBE_TASK_INFO));
  }

  private Caller caller(Session session) {
    return sessions.find(session.keyId()).orElseThrow().caller();
  }

  @Test
  void shouldIssueDistinctKeysInTheShapeOfSts() {
    Session one = issue();
    Session other = issue();
    assertTrue(one.keyId().matches("STS\\.[A-Za-z0-9_-]{24}"), one.keyId());
    assertNotEquals(one.keyId(), other.keyId());
    assertNotEquals(one.credential().securityToken(), other.credential().securityToken());
    assertNotEquals(one.credential().accessKeySecret(), other.credential().accessKeySecret());
  }

  @Test
  void shouldKeepAnExpiredKeyForAWhile() {
    // given
    Session session = issue();

    // when
    clock.advance(HOUR.plus(Sessions.KEPT_EXPIRED).minusSeconds(1));
    issue();
    Optional<SigningKey> kept = sessions.find(session.keyId());
    clock.advance(Duration.ofSeconds(1));
    issue();

    // then
    assertTrue(kept.isPresent());
    assertEquals(Optional.empty(), sessions.find(session.keyId()));
  }

  @Test
  void shouldDropTheOldestWhenThereAreTooMany() {
    // given
    Session first = issue();
    Session second = issue();
    for (int i = 2; i < Sessions.MAX_SESSIONS; i++) {
      issue();
    }

    // when
    issue();

    // then
    assertEquals(Sessions.MAX_SESSIONS, sessions.size());
    assertEquals(Optional.empty(), sessions.find(first.keyId()));
    assertTrue(sessions.find(second.keyId()).isPresent());
  }

  @Test
  void shouldUseTheFixedLifetimeWhileThereIsOne() {
    sessions.lifetime(Optional.of(Duration.ofSeconds(20)));
    assertEquals(NOW.plusSeconds(20), issue().expiration());
    sessions.lifetime(Optional.empty());
    assertEquals(NOW.plus(HOUR), issue().expiration());
  }

  @Test
  void shouldNotRevealSecretsWhenPrinted() {
    Session session = issue();
    assertFalse(session.toString().contains(session.credential().accessKeySecret()));
    assertFalse(session.toString().contains(session.credential().securityToken().orElseThrow()));
  }
}
