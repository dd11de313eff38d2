package dev.acktask.simulator.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The claims of a token, and what is no token. */
class OidcTokenTest {
  private static final String RS256 = "{\"alg\":\"RS256\"}";

  private static OidcToken parse(String header, String claims) {
    return OidcToken.parse(base64(header) + "." + base64(claims) + ".c2lnbmF0dXJl");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String complaint(Runnable parsing) {
    return assertThrows(IllegalArgumentException.class, parsing::run).getMessage();
  }

  @Test
  void shouldReadTheClaims() {
    OidcClaims claims =
        parse(RS256, "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[\"a\",\"b\"],\"exp\":1767323045}")
            .claims();
    assertEquals(
        new OidcClaims("i", "s", List.of("a", "b"), Instant.parse("2026-01-02T03:04:05Z")), claims);
  }

  @Test
  void shouldReadOneAudienceAndMissingClaims() {
    OidcClaims claims = parse(RS256, "{\"aud\":\"a\"}").claims();
    assertEquals(new OidcClaims("", "", List.of("a"), Instant.EPOCH), claims);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"{\"alg\":\"none\"}", "{\"alg\":\"HS256\"}", "{\"alg\":\"rs256\"}", "{}"})
  void shouldRefuseOtherAlgorithms(String header) {
    assertEquals(
        "The algorithm in the Jwt header is not RS256.", complaint(() -> parse(header, "{}")));
  }

  @Test
  void shouldRefuseWhatHasNotThreeParts() {
    String expected = "A Jwt has 3 parts that are separated by '.'.";
    assertEquals(expected, complaint(() -> OidcToken.parse("")));
    assertEquals(expected, complaint(() -> OidcToken.parse("a.b")));
    assertEquals(expected, complaint(() -> OidcToken.parse("a.b.c.d")));
  }

  @Test
  void shouldQuoteNothingOfTheTokenWhenItIsUnreadable() {
    String notBase64 = complaint(() -> OidcToken.parse("CANARY?.CANARY.CANARY"));
    String notJson = complaint(() -> parse(RS256, "CANARY"));
    String notAnObject = complaint(() -> parse("[\"CANARY\"]", "{}"));
    String duplicate = complaint(() -> parse(RS256, "{\"sub\":\"CANARY\",\"sub\":\"CANARY\"}"));
    assertFalse((notBase64 + notJson + notAnObject + duplicate).contains("CANARY"));
  }

  @Test
  void shouldRefuseATimeBeyondTheCalendar() {
    assertTrue(complaint(() -> parse(RS256, "{\"exp\":9000000000000000000}")).contains("expir"));
  }
}
