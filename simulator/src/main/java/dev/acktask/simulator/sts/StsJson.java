package dev.acktask.simulator.sts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.oidc.OidcClaims;
import java.util.Optional;

/**
 * Formats sessions like STS.
 *
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc">
 *     AssumeRoleWithOIDC</a>
 */
final class StsJson {
  private StsJson() {}

  static String session(Session session, Optional<OidcClaims> proof, String requestId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("RequestId", requestId);
    proof.ifPresent(claims -> body.set("OIDCTokenInfo", claims(claims)));
    body.putObject("AssumedRoleUser")
        .put("Arn", session.role() + "/" + session.name())
        .put("AssumedRoleId", roleId(session) + ":" + session.name());
    body.putObject("Credentials")
        .put("AccessKeyId", session.keyId())
        .put("AccessKeySecret", session.credential().accessKeySecret())
        .put("SecurityToken", session.credential().securityToken().orElseThrow())
        .put("Expiration", session.expiration().toString());
    return body.toString();
  }

  private static ObjectNode claims(OidcClaims claims) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Subject", claims.subject())
        .put("Issuer", claims.issuer())
        .put("ClientIds", String.join(",", claims.audiences()))
        .put("ExpirationTime", claims.expiration().toString())
        .put("VerificationInfo", "Success");
  }

  /** 18 digits that are the same for each session of a role. */
  private static String roleId(Session session) {
    return "3%017d".formatted(Integer.toUnsignedLong(session.role().hashCode()));
  }
}
