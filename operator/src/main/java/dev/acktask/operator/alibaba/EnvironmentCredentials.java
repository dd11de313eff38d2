package dev.acktask.operator.alibaba;

import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import dev.acktask.operator.alibaba.CredentialSelection.Misconfigured;
import dev.acktask.operator.alibaba.CredentialSelection.NotConfigured;
import dev.acktask.operator.alibaba.CredentialSelection.Selected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

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
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Map<String, String> env;
  private final Path home;

  EnvironmentCredentials(Map<String, String> env, Path home) {
    this.env = env;
    this.home = home;
  }

  CredentialSelection select() {
    boolean hasKey = isSet(KEY_ID) || isSet(KEY_SECRET) || isSet(TOKEN);
    boolean hasRrsa = RRSA.stream().anyMatch(this::isSet);
    List<String> problems = new ArrayList<>();
    List<String> missingOfKey = missing(List.of(KEY_ID, KEY_SECRET));
    List<String> missingOfRrsa = missing(RRSA);
    if (hasKey && !missingOfKey.isEmpty()) {
      problems.add(
          "The access key in the environment is incomplete: set "
              + String.join(" and ", missingOfKey)
              + ", or unset the other ALIBABA_CLOUD_ACCESS_KEY_* and "
              + TOKEN
              + " variables.");
    }
    if (hasRrsa && !missingOfRrsa.isEmpty()) {
      problems.add(
          "RRSA is configured incompletely: "
              + String.join(" and ", missingOfRrsa)
              + " missing. ack-pod-identity-webhook sets all of "
              + String.join(", ", RRSA)
              + "; check the namespace label and the service account annotation.");
    }
    if (hasKey && hasRrsa && problems.isEmpty()) {
      problems.add(
          "Both an access key and RRSA are configured, and only one can be meant: unset "
              + KEY_ID
              + ", "
              + KEY_SECRET
              + " and "
              + TOKEN
              + " to use RRSA, or remove the RRSA injection ("
              + String.join(", ", RRSA)
              + ") to use the access key.");
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
    CredentialLookup key = Credential.parse(env.get(KEY_ID), env.get(KEY_SECRET), env.get(TOKEN));
    return switch (key) {
      case CredentialLookup.Ready ready -> new Selected(() -> ready, "access key in " + KEY_ID);
      case CredentialLookup.Missing missing -> misconfigured(missing.message());
      case CredentialLookup.Invalid invalid ->
          misconfigured(invalid.message() + " Read from " + KEY_ID + " and its companions.");
    };
  }

  private CredentialSelection rrsa() {
    Optional<String> sts = StsEndpoint.from(env);
    if (sts.isEmpty()) {
      return misconfigured(
          "ALIBABA_CLOUD_STS_REGION or ALIBABA_CLOUD_STS_ENDPOINT does not name an STS host of"
              + " Alibaba Cloud.");
    }
    String role = value(ROLE);
    OIDCRoleArnCredentialProvider provider =
        OIDCRoleArnCredentialProvider.builder()
            .roleArn(role)
            .oidcProviderArn(value(OIDC_PROVIDER))
            .oidcTokenFilePath(value(OIDC_TOKEN))
            .roleSessionName(
                isSet("ALIBABA_CLOUD_ROLE_SESSION_NAME")
                    ? value("ALIBABA_CLOUD_ROLE_SESSION_NAME")
                    : "acktask-operator")
            .STSEndpoint(sts.get())
            .build();
    StsCall call = new StsCall(provider::createCredential, role, Path.of(value(OIDC_TOKEN)));
    return new Selected(session(call), "RRSA, role " + role);
  }

  private CredentialSelection profile() {
    Path cli = home.resolve(".aliyun").resolve("config.json");
    Path ini =
        isSet("ALIBABA_CLOUD_CREDENTIALS_FILE")
            ? Path.of(value("ALIBABA_CLOUD_CREDENTIALS_FILE"))
            : home.resolve(".alibabacloud").resolve("credentials.ini");
    boolean isCliOff = Boolean.parseBoolean(env.get("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"));
    if (!isCliOff && Files.exists(cli)) {
      return profile(cli, ProfileFiles::ofCli);
    }
    if (Files.exists(ini)) {
      return profile(ini, text -> Optional.of(ProfileFiles.ofIni(text)));
    }
    return new NotConfigured(
        "The operator has no identity of its own: no access key in the environment, no RRSA, no"
            + " profile file. Connections without credentials.secretRef cannot work.");
  }

  private CredentialSelection profile(Path path, Function<String, Optional<ProfileFiles>> format) {
    try {
      Optional<ProfileFiles> file = format.apply(Files.readString(path));
      if (file.isEmpty()) {
        return misconfigured("The profile file " + path + " is not valid JSON.");
      }
      String name =
          isSet("ALIBABA_CLOUD_PROFILE") ? value("ALIBABA_CLOUD_PROFILE") : file.get().current();
      CredentialSource source = new ProfileIdentity(file.get(), this::session).source(name);
      return new Selected(source, "profile " + name + " in " + path);
    } catch (IOException e) {
      return misconfigured("The profile file " + path + " is not readable as UTF-8 text.");
    } catch (ProfileIdentity.UnusableProfileException e) {
      return misconfigured("The profile file " + path + " " + e.getMessage() + ".");
    }
  }

  private CredentialSource session(Supplier<StsAnswer> call) {
    return new SessionCredentials(
        call,
        InstantSource.system(),
        task -> Thread.ofPlatform().daemon().name("credential-renewal").start(task),
        new Random(),
        PATIENCE);
  }

  private static Misconfigured misconfigured(String problem) {
    return new Misconfigured(List.of(problem));
  }

  private List<String> missing(List<String> names) {
    return names.stream().filter(name -> !isSet(name)).toList();
  }

  private boolean isSet(String name) {
    return !value(name).isEmpty();
  }

  private String value(String name) {
    return env.getOrDefault(name, "").strip();
  }
}
