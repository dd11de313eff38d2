package dev.acktask.simulator.signature;

import java.time.Instant;
import java.util.Optional;

/**
 * A key in its present state.
 *
 * @param caller identity of the requests that it signs
 * @param enabled false refuses its requests
 * @param expiration end of an issued session; empty for a key that does not expire
 */
public record SigningKey(
    Credential credential, Caller caller, boolean enabled, Optional<Instant> expiration) {}
