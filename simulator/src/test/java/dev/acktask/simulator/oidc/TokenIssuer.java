package dev.acktask.simulator.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Issues tokens of ServiceAccounts, as a Kubernetes API server does. */
public final class TokenIssuer {
  public static final String ISSUER = "https://oidc.example/c1";
  public static final String SUBJECT = "system:serviceaccount:acktask:acktask-operator";
  public static final String AUDIENCE = "sts.aliyuncs.com";

  private final KeyPair keys;
  private final String keyId;

  public TokenIssuer(String keyId) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    this.keys = generator.generateKeyPair();
    this.keyId = keyId;
  }

  /** The public key as a JSON Web Key Set. */
  public String jwks() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return """
        {"keys":[{"kty":"EC","kid":"other"},
          {"use":"sig","kty":"RSA","kid":"%s","alg":"RS256","n":"%s","e":"%s"}]}
        """
        .formatted(
            keyId, base64(unsigned(key.getModulus())), base64(unsigned(key.getPublicExponent())));
  }

  /** A token of {@link #SUBJECT} for STS. */
  public String token(Instant expiration) throws GeneralSecurityException {
    return token(
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":[\"%s\"],\"exp\":%d}"
            .formatted(ISSUER, SUBJECT, AUDIENCE, expiration.getEpochSecond()));
  }

  /** A token with these claims. */
  public String token(String claims) throws GeneralSecurityException {
    return token("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}", claims);
  }

  /** A token with this header and these claims. */
  public String token(String header, String claims) throws GeneralSecurityException {
    String signed = base64(header) + "." + base64(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
