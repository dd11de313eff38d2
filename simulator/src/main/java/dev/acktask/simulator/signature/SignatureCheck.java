package dev.acktask.simulator.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.operation.Operation;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks requests against the keys that are valid now. */
public final class SignatureCheck {
  public static final Duration DEFAULT_DATE_WINDOW = Duration.ofMinutes(15);

  private static final Pattern CREDENTIAL =
      Pattern.compile(VendorSigner.ALGORITHM + " Credential=([^,]+),.*");

  private final KeySource keys;
  private final InstantSource clock;
  private final Duration dateWindow;
  private final Nonces nonces;

  /**
   * @param dateWindow how far {@code x-acs-date} may be from the clock, either way
   */
  public SignatureCheck(KeySource keys, InstantSource clock, Duration dateWindow) {
    this.keys = keys;
    this.clock = clock;
    this.dateWindow = dateWindow;
    this.nonces = new Nonces(dateWindow.multipliedBy(2));
  }

  /** The id of the key that {@code request} claims to be signed with. */
  public static Optional<String> claimedKey(Request request) {
    Matcher claimed = CREDENTIAL.matcher(request.header("authorization").orElse(""));
    return claimed.matches() ? Optional.of(claimed.group(1)) : Optional.empty();
  }

  /** Is {@code request} signed by a valid key, now, for {@code operation}? */
  public Verification verify(Request request, Operation operation) {
    Optional<SigningKey> key = claimedKey(request).flatMap(keys::find);
    return new Verification(result(request, operation, key), key.map(SigningKey::caller));
  }

  private SignatureResult result(Request request, Operation operation, Optional<SigningKey> key) {
    String nonce = request.header("x-acs-signature-nonce").orElse("");
    if (claimedKey(request).isEmpty() || nonce.isEmpty()) {
      return SignatureResult.INCOMPLETE;
    }
    if (key.isEmpty()) {
      return SignatureResult.UNKNOWN_KEY;
    }
    if (!key.get().enabled()) {
      return SignatureResult.DISABLED_KEY;
    }
    if (!carries(request, "x-acs-action", operation.action())) {
      return SignatureResult.WRONG_ACTION;
    }
    if (!carries(request, "x-acs-version", operation.version())) {
      return SignatureResult.WRONG_VERSION;
    }
    if (!dated(request)) {
      return SignatureResult.WRONG_TIME;
    }
    if (!carries(request, "x-acs-content-sha256", request.bodySha256())) {
      return SignatureResult.WRONG_BODY_HASH;
    }
    Optional<SignatureResult> tokenRefusal = tokenRefusal(request, key.get());
    if (tokenRefusal.isPresent()) {
      return tokenRefusal.get();
    }
    String authorization = request.header("authorization").orElse("");
    if (!same(authorization, VendorSigner.authorization(request, key.get().credential()))) {
      return SignatureResult.MISMATCH;
    }
    // Last, so that a request that is refused for another reason may be sent again.
    return nonces.use(nonce, clock.instant())
        ? SignatureResult.ACCEPTED
        : SignatureResult.NONCE_USED;
  }

  /** A fixed token that was replaced counts as expired; an issued one has an expiration. */
  private Optional<SignatureResult> tokenRefusal(Request request, SigningKey key) {
    Optional<String> token = request.header("x-acs-security-token");
    boolean matches = token.equals(key.credential().securityToken());
    if (key.expiration().isEmpty()) {
      return matches ? Optional.empty() : Optional.of(SignatureResult.TOKEN_REFUSED);
    }
    if (token.isEmpty()) {
      return Optional.of(SignatureResult.TOKEN_MISSING);
    }
    if (!matches) {
      return Optional.of(SignatureResult.TOKEN_MISMATCH);
    }
    return clock.instant().isBefore(key.expiration().get())
        ? Optional.empty()
        : Optional.of(SignatureResult.TOKEN_REFUSED);
  }

  private boolean dated(Request request) {
    try {
      Instant date = Instant.parse(request.header("x-acs-date").orElse(""));
      return Duration.between(date, clock.instant()).abs().compareTo(dateWindow) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean carries(Request request, String header, String value) {
    return request.header(header).filter(value::equals).isPresent();
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
