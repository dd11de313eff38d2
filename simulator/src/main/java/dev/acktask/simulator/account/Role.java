package dev.acktask.simulator.account;

import dev.acktask.simulator.operation.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A RAM role.
 *
 * @param oidc tokens that may assume it; none when empty
 * @param principals callers that may assume it
 * @param permitted the operations that RAM permits its sessions
 * @param maxSession longest session that a request may ask for
 * @param refused true refuses every request of STS for it
 */
public record Role(
    String name,
    Optional<OidcTrust> oidc,
    PrincipalTrust principals,
    Set<Operation> permitted,
    Duration maxSession,
    boolean refused) {
  /** The limit of a new role in RAM. */
  public static final Duration DEFAULT_MAX_SESSION = Duration.ofHours(1);

  public Role {
    permitted = Set.copyOf(permitted);
  }

  /** A role that may call every operation and that nothing may assume. */
  public static Role of(String name) {
    return new Role(
        name,
        Optional.empty(),
        PrincipalTrust.NONE,
        Operation.permissible(),
        DEFAULT_MAX_SESSION,
        false);
  }

  public Role trusting(OidcTrust trust) {
    return new Role(name, Optional.of(trust), principals, permitted, maxSession, refused);
  }

  public Role trusting(PrincipalTrust trust) {
    return new Role(name, oidc, trust, permitted, maxSession, refused);
  }

  /** The same role with these permissions only. */
  public Role permitting(Operation... operations) {
    return permitting(Set.of(operations));
  }

  /** The same role with these permissions only. */
  public Role permitting(Set<Operation> operations) {
    return new Role(name, oidc, principals, operations, maxSession, refused);
  }

  public Role withMaxSession(Duration longest) {
    return new Role(name, oidc, principals, permitted, longest, refused);
  }

  public Role refused(boolean isRefused) {
    return new Role(name, oidc, principals, permitted, maxSession, isRefused);
  }
}
