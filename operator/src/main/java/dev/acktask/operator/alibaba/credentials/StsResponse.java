package dev.acktask.operator.alibaba.credentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.alibaba.HttpResult;
import dev.acktask.operator.alibaba.response.JsonValueReader;
import dev.acktask.operator.alibaba.response.OmittedCounter;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.text.JsonValue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The outcome of one request for a session of a role. */
sealed interface StsResponse {
  /** Largest accepted answer in bytes; those of STS have about 2,000. */
  int MAX_TEXT = 65_536;

  int MAX_NODES = 1_000;

  /** Letters, digits and dots, as in STS's list of errors; anything else is not quoted. */
  Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,99}");

  /** The start of codes that concern the key or session that signed the request. */
  List<String> KEY_CODES =
      List.of(
          "InvalidAccessKeyId",
          "Forbidden.AccessKeyDisabled",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "InvalidSecurityToken",
          "MissingSecurityToken");

  /** The start of codes with a status below 500 that a later request does not get. */
  List<String> TEMPORARY_CODES =
      List.of("Throttling", "Rejected.Throttling", "ServiceUnavailable", "InternalError");

  /**
   * A session that is valid until {@code expiration}.
   *
   * @param account id of the account of the role; empty if the answer does not name it
   */
  record Issued(CredentialLookup.Ready session, Instant expiration, Optional<String> account)
      implements StsResponse {}

  /**
   * STS refuses the role.
   *
   * @param reason whole sentences: cause and action; of an answer only its error code
   */
  record Refused(String reason) implements StsResponse {}

  /** STS refuses the key or session that signed the request, whatever the role. */
  record KeyRefused(String reason) implements StsResponse {}

  /** STS, or the issuer of the token, gave no usable answer: not a refusal. */
  record Unavailable(Failure cause, String reason) implements StsResponse {}

  /** STS was not called: there is no token. */
  record NoToken(String reason) implements StsResponse {}

  /** STS was not called: there is no key to sign with. */
  record NoKey(CredentialLookup.NotReady cause) implements StsResponse {}

  /**
   * What to check when STS refuses a request.
   *
   * @param role what to check when it refuses the role
   * @param key what to check when it refuses the key
   */
  record Advice(String role, String key) {}

  /** Classifies the result of a request for a session. */
  static StsResponse of(HttpResult result, Advice advice) {
    return switch (result) {
      case HttpResult.Answered answered -> read(answered.answer(), advice);
      case HttpResult.Lost lost -> new Unavailable(lost.cause().failure(), lost.message());
    };
  }

  private static StsResponse read(HttpAnswer answer, Advice advice) {
    Map<String, JsonValue> top = object(answer.body());
    int status = answer.status();
    if (status == 200 && issued(top) instanceof Issued it) {
      return it;
    }
    String code = top.get("Code") instanceof JsonValue.Text text ? text.value() : "";
    if (status / 100 < 4 || !CODE.matcher(code).matches()) {
      return new Unavailable(
          status / 100 == 5 ? Failure.API_UNAVAILABLE : Failure.RESPONSE_INVALID,
          "The answer (HTTP status "
              + status
              + ") is not one of STS. Check what answers in its place: a proxy, a gateway or"
              + " DNS.");
    }
    String sentence = "It answered with the error " + code + ". ";
    if (status / 100 == 5 || TEMPORARY_CODES.stream().anyMatch(code::startsWith)) {
      return new Unavailable(
          Failure.API_UNAVAILABLE, sentence + "The request is repeated with growing pauses.");
    }
    return KEY_CODES.stream().anyMatch(code::startsWith)
        ? new KeyRefused(sentence + advice.key())
        : new Refused(sentence + advice.role());
  }

  private static @Nullable StsResponse issued(Map<String, JsonValue> top) {
    Map<String, String> session = scalars(top.get("Credentials"));
    Map<String, String> user = scalars(top.get("AssumedRoleUser"));
    String token = session.getOrDefault("SecurityToken", "");
    try {
      Instant expiration = Instant.parse(session.getOrDefault("Expiration", ""));
      return !token.isBlank()
              && Credential.parse(session.get("AccessKeyId"), session.get("AccessKeySecret"), token)
                  instanceof CredentialLookup.Ready ready
          ? new Issued(ready, expiration, RoleArn.accountIdOfSession(user.getOrDefault("Arn", "")))
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
