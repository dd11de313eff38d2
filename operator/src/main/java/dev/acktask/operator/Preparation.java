package dev.acktask.operator;

import dev.acktask.operator.alibaba.AddressRange;
import dev.acktask.operator.alibaba.CredentialSelection;
import dev.acktask.operator.alibaba.CredentialSource;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.EndpointTemplate;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.tracing.TracingEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that can be wrong before anything is started, checked as a whole. */
sealed interface Preparation {
  /** Nothing is known to be wrong. */
  record Ready(OperatorConfig config, Endpoint endpoint, CredentialSource credentials)
      implements Preparation {}

  /**
   * The operator must not start.
   *
   * @param problems one line each
   */
  record Refused(List<String> problems) implements Preparation {}

  /**
   * Reads configuration and credentials.
   *
   * @param home where profile files are looked for
   */
  static Preparation of(Map<String, String> environment, Path home) {
    Logger log = LoggerFactory.getLogger(Preparation.class);
    List<String> problems = new ArrayList<>();
    @Nullable CredentialSource credentials =
        switch (CredentialSource.fromEnvironment(environment, home)) {
          case CredentialSelection.Selected selected -> {
            log.atInfo().addKeyValue("source", selected.description()).log("Credentials found");
            yield selected.source();
          }
          case CredentialSelection.NotConfigured none -> {
            problems.add(none.message());
            yield null;
          }
          case CredentialSelection.Misconfigured wrong -> {
            problems.addAll(wrong.problems());
            yield null;
          }
        };
    @Nullable OperatorConfig config =
        switch (OperatorConfig.parse(environment)) {
          case OperatorConfig.Valid valid -> valid.config();
          case OperatorConfig.Invalid invalid -> {
            problems.addAll(invalid.problems());
            yield null;
          }
        };
    @Nullable Endpoint endpoint = config == null ? null : endpoint(config, problems);
    problems.addAll(new TracingEnvironment(environment).problems());
    return config == null || endpoint == null || credentials == null || !problems.isEmpty()
        ? new Refused(problems)
        : new Ready(config, endpoint, credentials);
  }

  private static @Nullable Endpoint endpoint(OperatorConfig config, List<String> problems) {
    AddressRange addresses = config.publicNetwork() ? AddressRange.PUBLIC : AddressRange.PRIVATE;
    try {
      return EndpointTemplate.parse(config.endpoint(), addresses, config.allowPlaintextEndpoint())
          .endpoint(config.region())
          .orElseThrow(() -> new IllegalArgumentException("no request can be made for the region"));
    } catch (IllegalArgumentException refused) {
      problems.add("ACKTASK_ENDPOINT_… of the chosen network: " + refused.getMessage() + ".");
      return null;
    }
  }
}
