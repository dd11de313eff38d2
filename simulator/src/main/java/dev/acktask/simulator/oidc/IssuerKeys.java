package dev.acktask.simulator.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The RSA public keys of an issuer by their id, as Kubernetes serves them at its JWKS path. */
public final class IssuerKeys {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, PublicKey> keys;

  private IssuerKeys(Map<String, PublicKey> keys) {
    this.keys = keys;
  }

  /**
   * Parses a JSON Web Key Set; keys of other types than RSA are ignored.
   *
   * @throws IllegalArgumentException when it is none, or has no RSA key
   */
  public static IssuerKeys parse(String jwks) {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    try {
      for (JsonNode key : JSON.readTree(jwks).path("keys")) {
        if (key.path("kty").asText().equals("RSA")) {
          keys.put(key.path("kid").asText(), rsa(key));
        }
      }
    } catch (JsonProcessingException | GeneralSecurityException | NumberFormatException e) {
      throw new IllegalArgumentException("not a JSON Web Key Set", e);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a JSON Web Key Set without an RSA key");
    }
    return new IssuerKeys(keys);
  }

  /** Is {@code token} signed by one of the keys? */
  boolean signed(OidcToken token) {
    PublicKey key = keys.get(token.keyId());
    if (key == null) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(token.signedPart());
      return signature.verify(token.signature());
    } catch (GeneralSecurityException e) {
      return false; // not the length of a signature by this key
    }
  }

  private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
  }
}
