package dev.acktask.simulator.signature;

import java.util.Optional;

/** Result of a signature check, with the error that the cloud answers. */
public enum SignatureResult {
  ACCEPTED,
  /** The check is switched off, or an outage answered before it. */
  NOT_CHECKED,
  INCOMPLETE(
      400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."),
  UNKNOWN_KEY(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."),
  /** The status is undocumented. */
  DISABLED_KEY(403, "InvalidAccessKeyId.Inactive", "Specified access key is disabled."),
  TOKEN_MISSING(400, "MissingSecurityToken", "SecurityToken is mandatory for this action."),
  TOKEN_MISMATCH(
      400,
      "InvalidSecurityToken.MismatchWithAccessKey",
      "Specified SecurityToken mismatch with the AccessKey."),
  TOKEN_REFUSED(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."),
  WRONG_ACTION(404, "InvalidAction.NotFound", "Specified api is not found."),
  WRONG_VERSION(400, "InvalidVersion", "Specified parameter Version is not valid."),
  WRONG_TIME(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
  WRONG_BODY_HASH(
      400, "InvalidContentSha256", "Specified x-acs-content-sha256 does not match the body."),
  MISMATCH(
      400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."),
  NONCE_USED(400, "SignatureNonceUsed", "Specified signature nonce was used already.");

  private final int status;
  private final String code;
  private final String message;

  SignatureResult() {
    this(0, "", "");
  }

  SignatureResult(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  /** The error that a refused request is answered with. */
  public record Refusal(int status, String code, String message) {}

  /** Empty when the request may be answered. */
  public Optional<Refusal> refusal() {
    return status == 0 ? Optional.empty() : Optional.of(new Refusal(status, code, message));
  }
}
