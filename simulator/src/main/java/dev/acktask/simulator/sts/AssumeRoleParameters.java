package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters of AssumeRole and AssumeRoleWithOIDC, each checked when it is read. */
record AssumeRoleParameters(Map<String, String> values) {
  /** In bytes; a token of a ServiceAccount has about a tenth of it. */
  static final int MAX_TOKEN = 16 * 1024;

  static final Duration LEAST_SESSION = Duration.ofMinutes(15);
  private static final Duration DEFAULT_SESSION = Duration.ofHours(1);
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");

  RamArn roleArn() {
    return RamArn.parseRole(required("RoleArn"))
        .orElseThrow(() -> new RefusedException(StsError.invalid("RoleArn")));
  }

  RamArn providerArn() {
    return RamArn.parseOidcProvider(required("OIDCProviderArn"))
        .orElseThrow(() -> new RefusedException(StsError.invalid("OIDCProviderArn")));
  }

  String sessionName() {
    String name = required("RoleSessionName");
    if (!SESSION_NAME.matcher(name).matches()) {
      throw new RefusedException(StsError.invalid("RoleSessionName"));
    }
    return name;
  }

  String token() {
    String token = values.getOrDefault("OIDCToken", "");
    if (token.isEmpty()) {
      throw new RefusedException(StsError.token("Invalid", "The OIDCToken can not empty."));
    }
    if (token.length() > MAX_TOKEN) {
      throw new RefusedException(
          StsError.invalid("OIDCToken", "The parameter OIDCToken is longer than 16 KiB."));
    }
    return token;
  }

  Optional<String> externalId() {
    return Optional.ofNullable(values.get("ExternalId"));
  }

  /** From 15 minutes to the limit of {@code role}; an hour unless given. */
  Duration duration(Role role) {
    String text =
        values.getOrDefault("DurationSeconds", String.valueOf(DEFAULT_SESSION.toSeconds()));
    try {
      Duration duration = Duration.ofSeconds(Integer.parseInt(text));
      if (duration.compareTo(LEAST_SESSION) >= 0 && duration.compareTo(role.maxSession()) <= 0) {
        return duration;
      }
    } catch (NumberFormatException e) {
      // reported below, as a duration out of bounds is
    }
    throw new RefusedException(
        StsError.invalid(
            "DurationSeconds",
            "DurationSeconds is not between %d and %d."
                .formatted(LEAST_SESSION.toSeconds(), role.maxSession().toSeconds())));
  }

  private String required(String name) {
    String value = values.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new RefusedException(StsError.missing(name));
    }
    return value;
  }
}
