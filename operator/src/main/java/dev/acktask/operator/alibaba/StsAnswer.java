package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.http.HttpAnswer;
import dev.acktask.operator.task.FreeForm;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What came of one request for a session of a role. */
sealed interface StsAnswer {
  /** Characters of an answer that is read; those of STS have about 2,000. */
  int MAX_TEXT = 65_536;

  int MAX_NODES = 1_000;

  /** Letters, digits and dots, as in STS's list of errors; anything else is not repeated. */
  Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,99}");

  /** A session that is valid until {@code expiration}. */
  record Issued(CredentialLookup.Ready session, Instant expiration) implements StsAnswer {}

  /**
   * None.
   *
   * @param reason whole sentences: why, and what to check; nothing of an answer but its error code
   */
  record NotIssued(String reason) implements StsAnswer {}

  /**
   * Reads the answer of AssumeRoleWithOIDC.
   *
   * @param hint what to check when STS refuses
   */
  static StsAnswer read(HttpAnswer answer, String hint) {
    Map<String, FreeForm> top = object(answer.body());
    if (answer.status() == 200 && issued(scalars(top.get("Credentials"))) instanceof Issued it) {
      return it;
    }
    String code = top.get("Code") instanceof FreeForm.Text text ? text.value() : "";
    return CODE.matcher(code).matches()
        ? new NotIssued("It answered with the error " + code + ". " + hint)
        : new NotIssued(
            "The answer (HTTP status "
                + answer.status()
                + ") is not one of STS. Check what answers in its place: a proxy, a gateway or"
                + " DNS.");
  }

  private static @Nullable StsAnswer issued(Map<String, String> session) {
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

  private static Map<String, FreeForm> object(HttpAnswer.Body body) {
    if (!(body instanceof HttpAnswer.Body.Complete complete) || complete.size() > MAX_TEXT) {
      return Map.of();
    }
    try (JsonParser json =
        new JsonFactory()
            .createParser(new InputStreamReader(complete.stream(), StandardCharsets.UTF_8))) {
      return json.nextToken() == JsonToken.START_OBJECT
          ? members(new FreeFormReader(json, new Omissions(), MAX_NODES, MAX_TEXT).read())
          : Map.of();
    } catch (IOException notJson) {
      return Map.of();
    }
  }

  private static Map<String, FreeForm> members(@Nullable FreeForm value) {
    Map<String, FreeForm> members = new HashMap<>();
    if (value instanceof FreeForm.Obj object) {
      object.members().forEach(member -> members.put(member.name(), member.value()));
    }
    return members;
  }

  private static Map<String, String> scalars(@Nullable FreeForm value) {
    Map<String, String> scalars = new HashMap<>();
    members(value)
        .forEach(
            (name, member) -> {
              if (member instanceof FreeForm.Text text) {
                scalars.put(name, text.value());
              }
            });
    return scalars;
  }
}
