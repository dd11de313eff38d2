package dev.acktask.simulator.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.acktask.simulator.http.Request;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks requests against the keys that are valid now. */
public final class SignatureCheck {
  /** The version of Container Service's API. */
  public static final String API_VERSION = "2015-12-15";

  public static final Duration DEFAULT_DATE_WINDOW = Duration.ofMinutes(15);

  private static final Pattern CREDENTIAL =
      Pattern.compile(VendorSigner.ALGORITHM + " Credential=([^,]+),.*");

  private final InstantSource clock;
  private final Duration dateWindow;
  private final Nonces nonces;
  private volatile List<Credential> accepted;

  /**
   * @param dateWindow how far {@code x-acs-date} may be from the clock, either way
   */
  public SignatureCheck(Collection<Credential> accepted, InstantSource clock, Duration dateWindow) {
    this.accepted = List.copyOf(accepted);
    this.clock = clock;
    this.dateWindow = dateWindow;
    this.nonces = new Nonces(dateWindow.multipliedBy(2));
  }

  /** Replaces the accepted keys. */
  public void accept(Collection<Credential> credentials) {
    accepted = List.copyOf(credentials);
  }

  /** Is {@code request} signed by an accepted key, now, for {@code action}? */
  public SignatureResult verify(Request request, String action) {
    String authorization = request.header("authorization").orElse("");
    Matcher claimed = CREDENTIAL.matcher(authorization);
    String nonce = request.header("x-acs-signature-nonce").orElse("");
    if (!claimed.matches() || nonce.isEmpty()) {
      return SignatureResult.INCOMPLETE;
    }
    Optional<Credential> credential = find(claimed.group(1));
    if (credential.isEmpty()) {
      return SignatureResult.UNKNOWN_KEY;
    }
    if (!carries(request, "x-acs-action", action)) {
      return SignatureResult.WRONG_ACTION;
    }
    if (!carries(request, "x-acs-version", API_VERSION)) {
      return SignatureResult.WRONG_VERSION;
    }
    if (!dated(request)) {
      return SignatureResult.WRONG_TIME;
    }
    if (!carries(request, "x-acs-content-sha256", request.bodySha256())) {
      return SignatureResult.WRONG_BODY_HASH;
    }
    if (!request.header("x-acs-security-token").equals(credential.get().securityToken())) {
      return SignatureResult.TOKEN_REFUSED;
    }
    if (!same(authorization, VendorSigner.authorization(request, credential.get()))) {
      return SignatureResult.MISMATCH;
    }
    // Last, so that a request that is refused for another reason may be sent again.
    return nonces.use(nonce, clock.instant())
        ? SignatureResult.ACCEPTED
        : SignatureResult.NONCE_USED;
  }

  private Optional<Credential> find(String accessKeyId) {
    return accepted.stream()
        .filter(credential -> credential.accessKeyId().equals(accessKeyId))
        .findFirst();
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
