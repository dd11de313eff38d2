package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.signature.Caller;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.signature.KeySource;
import dev.acktask.simulator.signature.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The issued sessions, at most {@link #MAX_SESSIONS}: beyond, the oldest is dropped and its key is
 * unknown. An expired session is kept for an hour, so that its key is refused as expired.
 */
public final class Sessions implements KeySource {
  static final int MAX_SESSIONS = 10_000;
  static final Duration KEPT_EXPIRED = Duration.ofHours(1);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Session> byKeyId = new LinkedHashMap<>();
  private final RoleDirectory directory;
  private final InstantSource clock;
  private final Consumer<Credential> onIssued;
  private Optional<Duration> lifetime = Optional.empty();

  /**
   * @param onIssued receives the credential of each new session before its requester does
   */
  public Sessions(RoleDirectory directory, InstantSource clock, Consumer<Credential> onIssued) {
    this.directory = directory;
    this.clock = clock;
    this.onIssued = onIssued;
  }

  /** Overrides the duration that requests ask for; empty ends that. */
  public synchronized void lifetime(Optional<Duration> fixed) {
    lifetime = fixed;
  }

  /** A new session for {@code asked}, or for the fixed lifetime. */
  synchronized Session issue(RamArn role, String name, Duration asked) {
    Instant now = clock.instant();
    byKeyId.values().removeIf(session -> !now.isBefore(session.expiration().plus(KEPT_EXPIRED)));
    if (byKeyId.size() == MAX_SESSIONS) {
      byKeyId.remove(byKeyId.keySet().iterator().next());
    }
    Credential credential = Credential.sts("STS." + random(18), random(33), "CAIS" + random(150));
    Instant expiration = now.plus(lifetime.orElse(asked)).truncatedTo(ChronoUnit.SECONDS);
    Session session = new Session(credential, role, name, expiration);
    byKeyId.put(session.keyId(), session);
    onIssued.accept(credential);
    return session;
  }

  synchronized int size() {
    return byKeyId.size();
  }

  /** The permissions are those that the role has now. */
  @Override
  public synchronized Optional<SigningKey> find(String accessKeyId) {
    return Optional.ofNullable(byKeyId.get(accessKeyId)).map(this::key);
  }

  private SigningKey key(Session session) {
    RamArn role = session.role();
    Caller caller =
        new Caller(
            role.accountId(),
            Optional.of(role.toString()),
            directory.role(role).map(Role::permitted).orElse(Set.of()));
    return new SigningKey(session.credential(), caller, true, Optional.of(session.expiration()));
  }

  /** Letters, digits, dash and underscore: four for each three bytes. */
  private static String random(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
