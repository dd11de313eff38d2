package dev.acktask.operator.alibaba.signing;

import dev.acktask.operator.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature method ACS3-HMAC-SHA256: a keyed hash over a {@link CanonicalRequest}. */
public final class Acs3Signature {
  private static final String ALGORITHM = "ACS3-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";

  private Acs3Signature() {}

  /** The value of the {@code Authorization} header. */
  public static String authorization(CanonicalRequest request, String accessKeyId, String secret) {
    return ALGORITHM
        + " Credential="
        + accessKeyId
        + ",SignedHeaders="
        + request.signedHeaders()
        + ",Signature="
        + signature(request, secret);
  }

  private static String signature(CanonicalRequest request, String secret) {
    String toSign = ALGORITHM + "\n" + Sha256.hex(request.text());
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return hex(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
