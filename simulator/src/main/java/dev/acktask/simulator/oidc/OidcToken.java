package dev.acktask.simulator.oidc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A JSON Web Token as it was sent; parsing verifies nothing. */
public final class OidcToken {
  /** The only algorithm that a token may name. */
  private static final String ALGORITHM = "RS256";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String keyId;
  private final OidcClaims claims;
  private final byte[] signedPart;
  private final byte[] signature;

  private OidcToken(String keyId, OidcClaims claims, byte[] signedPart, byte[] signature) {
    this.keyId = keyId;
    this.claims = claims;
    this.signedPart = signedPart;
    this.signature = signature;
  }

  /**
   * Parses the compact form.
   *
   * @throws IllegalArgumentException when it is none; the message quotes nothing of the token
   */
  public static OidcToken parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("A Jwt has 3 parts that are separated by '.'.");
    }
    JsonNode header = json(parts[0]);
    if (!header.path("alg").asText().equals(ALGORITHM)) {
      throw new IllegalArgumentException("The algorithm in the Jwt header is not RS256.");
    }
    return new OidcToken(
        header.path("kid").asText(),
        claims(json(parts[1])),
        text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII),
        decode(parts[2]));
  }

  public OidcClaims claims() {
    return claims;
  }

  /** The header's {@code kid}; empty when it has none. */
  String keyId() {
    return keyId;
  }

  /** The bytes that the signature is of. */
  byte[] signedPart() {
    return signedPart.clone();
  }

  byte[] signature() {
    return signature.clone();
  }

  private static OidcClaims claims(JsonNode body) {
    try {
      return new OidcClaims(
          body.path("iss").asText(),
          body.path("sub").asText(),
          texts(body.path("aud")),
          Instant.ofEpochSecond(body.path("exp").asLong()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The expiration of the Jwt is not a time.", e);
    }
  }

  /** One text, or a list of them. */
  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static JsonNode json(String part) {
    try {
      JsonNode node = JSON.readTree(decode(part));
      if (node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      // reported below; the cause would quote the token
    }
    throw new IllegalArgumentException("The Jwt content cannot be recognized.");
  }

  private static byte[] decode(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("A part of the Jwt is not base64.");
    }
  }
}
