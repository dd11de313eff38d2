package dev.acktask.operator.alibaba.credentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.alibaba.response.JsonValueReader;
import dev.acktask.operator.alibaba.response.OmittedCounter;
import dev.acktask.operator.text.JsonValue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The outcome of one request for a session of a role. */
sealed interface StsResponse {
  /** Largest accepted answer in bytes; those of STS have about 2,000. */
  int MAX_TEXT = 65_536;

  int MAX_NODES = 1_000;

  /** Letters, digits and dots, as in STS's list of errors; anything else is not quoted. */
  Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,99}");

  /** A session that is valid until {@code expiration}. */
  record Issued(CredentialLookup.Ready session, Instant expiration) implements StsResponse {}

  /**
   * No session.
   *
   * @param reason whole sentences: cause and action; of an answer only its error code
   */
  record NotIssued(String reason) implements StsResponse {}

  /**
   * Parses an answer of AssumeRoleWithOIDC.
   *
   * @param advice what to check when STS returns an error
   */
  static StsResponse read(HttpAnswer answer, String advice) {
    Map<String, JsonValue> top = object(answer.body());
    if (answer.status() == 200 && issued(scalars(top.get("Credentials"))) instanceof Issued it) {
      return it;
    }
    String code = top.get("Code") instanceof JsonValue.Text text ? text.value() : "";
    return CODE.matcher(code).matches()
        ? new NotIssued("It answered with the error " + code + ". " + advice)
        : new NotIssued(
            "The answer (HTTP status "
                + answer.status()
                + ") is not one of STS. Check what answers in its place: a proxy, a gateway or"
                + " DNS.");
  }

  private static @Nullable StsResponse issued(Map<String, String> session) {
    String token = session.getOrDefault("SecurityToken", "");
    try {
      Instant expiration = Instant.parse(session.getOrDefault("Expiration", ""));
      return !token.isBlank()
              && Credential.parse(session.get("AccessKeyId"), session.get("AccessKeySecret"), token)
                  instanceof CredentialLookup.Ready ready
          ? new Issued(ready, expiration)
          : null;
    } catch (DateTimeParseException noTime) {
      return null;
    }
  }

  private static Map<String, JsonValue> object(HttpAnswer.Body body) {
    if (!(body instanceof HttpAnswer.Body.Complete complete) || complete.size() > MAX_TEXT) {
      return Map.of();
    }
    try (JsonParser json =
        new JsonFactory()
            .createParser(new InputStreamReader(complete.stream(), StandardCharsets.UTF_8))) {
      return json.nextToken() == JsonToken.START_OBJECT
          ? members(new JsonValueReader(json, new OmittedCounter(), MAX_NODES, MAX_TEXT).read())
          : Map.of();
    } catch (IOException notJson) {
      return Map.of();
    }
  }

  private static Map<String, JsonValue> members(@Nullable JsonValue value) {
    Map<String, JsonValue> members = new HashMap<>();
    if (value instanceof JsonValue.Obj object) {
      object.members().forEach(member -> members.put(member.name(), member.value()));
    }
    return members;
  }

  private static Map<String, String> scalars(@Nullable JsonValue value) {
    Map<String, String> scalars = new HashMap<>();
    members(value)
        .forEach(
            (name, member) -> {
              if (member instanceof JsonValue.Text text) {
                scalars.put(name, text.value());
              }
            });
    return scalars;
  }
}
