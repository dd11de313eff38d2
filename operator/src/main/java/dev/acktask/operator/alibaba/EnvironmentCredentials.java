package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.CredentialSelection.NotConfigured;
import dev.acktask.operator.alibaba.CredentialSelection.Selected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the one identity that the environment configures. Anything half configured or configured
 * twice is refused: falling through to the next source would sign with an identity nobody chose.
 */
final class EnvironmentCredentials {
  private static final String KEY_ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
  private static final String KEY_SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
  private static final String TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN";
  private static final String ROLE = "ALIBABA_CLOUD_ROLE_ARN";
  private static final String OIDC_PROVIDER = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
  private static final String OIDC_TOKEN = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
  private static final List<String> RRSA = List.of(ROLE, OIDC_PROVIDER, OIDC_TOKEN);
  private static final String SESSION_NAME = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
  private static final Pattern STS_HOST =
      Pattern.compile("sts(-vpc)?(\\.[a-z0-9-]{2,64})?\\.aliyuncs\\.com");

  private final Map<String, String> env;
  private final Path home;

  EnvironmentCredentials(Map<String, String> env, Path home) {
    this.env = env;
    this.home = home;
  }

  CredentialSelection select() {
    boolean hasKey = Stream.of(KEY_ID, KEY_SECRET, TOKEN).anyMatch(this::isSet);
    boolean hasRrsa = RRSA.stream().anyMatch(this::isSet);
    String missingOfKey = missing(List.of(KEY_ID, KEY_SECRET));
    String missingOfRrsa = missing(RRSA);
    List<String> problems = new ArrayList<>();
    if (hasKey && !missingOfKey.isEmpty()) {
      problems.add(
          ("The access key in the environment is incomplete: set %s, or unset the other"
                  + " ALIBABA_CLOUD_ACCESS_KEY_* and %s variables.")
              .formatted(missingOfKey, TOKEN));
    }
    if (hasRrsa && !missingOfRrsa.isEmpty()) {
      problems.add(
          ("RRSA is configured incompletely: %s missing. ack-pod-identity-webhook sets all of %s;"
                  + " check the namespace label and the service account annotation.")
              .formatted(missingOfRrsa, String.join(", ", RRSA)));
    }
    if (hasKey && hasRrsa && problems.isEmpty()) {
      problems.add(
          ("Both an access key and RRSA are configured, and only one can be meant: unset %s, %s and"
                  + " %s to use RRSA, or remove the RRSA injection (%s) to use the access key.")
              .formatted(KEY_ID, KEY_SECRET, TOKEN, String.join(", ", RRSA)));
    }
    if (!problems.isEmpty()) {
      return new Misconfigured(problems);
    }
    if (hasKey) {
      return accessKey();
    }
    return hasRrsa ? rrsa() : profile();
  }

  private CredentialSelection accessKey() {
    return switch (Credential.parse(env.get(KEY_ID), env.get(KEY_SECRET), env.get(TOKEN))) {
      case CredentialLookup.Ready ready -> new Selected(() -> ready, "access key in " + KEY_ID);
      case CredentialLookup.Missing missing -> misconfigured(missing.message());
      case CredentialLookup.Invalid invalid ->
          misconfigured(invalid.message() + " Read from " + KEY_ID + " and its companions.");
    };
  }

  private CredentialSelection rrsa() {
    Map<String, String> settings = new HashMap<>();
    settings.put("mode", "OIDC");
    settings.put("ram_role_arn", value(ROLE));
    settings.put("oidc_provider_arn", value(OIDC_PROVIDER));
    settings.put("oidc_token_file", value(OIDC_TOKEN));
    if (isSet(SESSION_NAME)) {
      settings.put("ram_session_name", value(SESSION_NAME));
    }
    return selection(settings, "RRSA, role " + value(ROLE));
  }

  private CredentialSelection profile() {
    Path cli = home.resolve(".aliyun").resolve("config.json");
    Path ini =
        isSet("ALIBABA_CLOUD_CREDENTIALS_FILE")
            ? Path.of(value("ALIBABA_CLOUD_CREDENTIALS_FILE"))
            : home.resolve(".alibabacloud").resolve("credentials.ini");
    boolean isCliOff = Boolean.parseBoolean(env.get("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"));
    boolean isCli = !isCliOff && Files.exists(cli);
    if (!isCli && !Files.exists(ini)) {
      return new NotConfigured(
          "The operator has no identity of its own: no access key in the environment, no RRSA, no"
              + " profile file. Connections without credentials.secretRef cannot work.");
    }
    Path path = isCli ? cli : ini;
    String name = value("ALIBABA_CLOUD_PROFILE");
    String described = (name.isEmpty() ? "the current profile" : "profile " + name) + " in " + path;
    try {
      String text = Files.readString(path);
      Map<String, String> profile =
          isCli ? ProfileFile.cli(text, name) : ProfileFile.ini(text, name);
      return profile.isEmpty()
          ? misconfigured("There is no (enabled) profile: " + described + ".")
          : selection(profile, described);
    } catch (IOException e) {
      return misconfigured("The profile file " + path + " is not readable, or not valid.");
    }
  }

  private CredentialSelection selection(Map<String, String> settings, String description) {
    String stsHost = stsHost();
    if (!STS_HOST.matcher(stsHost).matches()) {
      return misconfigured(
          "ALIBABA_CLOUD_STS_REGION or ALIBABA_CLOUD_STS_ENDPOINT does not name an STS host of"
              + " Alibaba Cloud.");
    }
    try {
      return new Selected(new Identity(settings, stsHost).source(), description);
    } catch (IllegalArgumentException e) {
      return misconfigured("The identity (" + description + ") " + e.getMessage() + ".");
    }
  }

  /**
   * The webhook that injects RRSA also names a host, which the vendor's Java library ignores; pods
   * without a way to the internet need it.
   */
  private String stsHost() {
    String region = value("ALIBABA_CLOUD_STS_REGION");
    if (!region.isEmpty()) {
      boolean isVpc = Boolean.parseBoolean(value("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"));
      return (isVpc ? "sts-vpc." : "sts.") + region + ".aliyuncs.com";
    }
    String host = value("ALIBABA_CLOUD_STS_ENDPOINT");
    return host.isEmpty() ? "sts.aliyuncs.com" : host;
  }

  private static Misconfigured misconfigured(String problem) {
    return new Misconfigured(List.of(problem));
  }

  private String missing(List<String> names) {
    return names.stream().filter(name -> !isSet(name)).collect(Collectors.joining(" and "));
  }

  private boolean isSet(String name) {
    return !value(name).isEmpty();
  }

  private String value(String name) {
    return env.getOrDefault(name, "").strip();
  }
}
