package dev.acktask.operator;

import dev.acktask.operator.alibaba.CloudEndpoints;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.EndpointTemplates;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.alibaba.credentials.CredentialSelection;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.config.Setting;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.tls.TrustedAuthorities;
import dev.acktask.operator.tracing.TracingEnvironment;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checked configuration and credentials, or all their problems, before anything is started. */
sealed interface StartupConfig {
  /**
   * No problem was found.
   *
   * @param endpoints templates of all endpoints
   * @param credentials the operator's own identity; empty without one
   */
  record Ready(
      OperatorConfig config,
      CloudEndpoints endpoints,
      Optional<CredentialSelection.Selected> credentials,
      TrustedAuthorities authorities,
      ProxyPolicy proxies)
      implements StartupConfig {
    /** Kind of the operator's own identity, as a status names it; empty without one. */
    Optional<String> identity() {
      return credentials()
          .map(it -> it.isRole() ? ConnectionStatus.OPERATOR_ROLE : ConnectionStatus.ACCESS_KEY);
    }

    /** The endpoint of the built-in connection; empty without one. */
    Optional<Endpoint> builtInEndpoint() {
      return endpoint(endpoints.api(), config.connection());
    }
  }

  /**
   * The operator must not start.
   *
   * @param problems one line each
   */
  record Refused(List<String> problems) implements StartupConfig {}

  /**
   * Reads and checks configuration and credentials.
   *
   * @param home home directory; a credentials profile in it is reported as not supported
   */
  static StartupConfig of(Map<String, String> environment, Path home) {
    List<String> problems = new ArrayList<>();
    @Nullable OperatorConfig config = OperatorConfig.parse(environment).orReport(problems::add);
    @Nullable CloudEndpoints endpoints =
        new EndpointSettings(OperatorConfig.Endpoints.of(environment), problems).templates();
    @Nullable Endpoint simulatedSts = null;
    if (config != null && endpoints != null) {
      checkRegion(endpoints.api(), config.connection(), problems);
      simulatedSts = simulatedSts(endpoints.sts(), config.connection());
    }
    // Read directly, because there is no configuration if another setting is wrong.
    boolean isNeeded = !environment.getOrDefault(Setting.DEFAULT_REGION.variable(), "").isBlank();
    Optional<CredentialSelection.Selected> credentials =
        credentials(
            CredentialProvider.fromEnvironment(environment, home, simulatedSts),
            isNeeded,
            problems);
    @Nullable TrustedAuthorities authorities = authorities(environment, problems);
    problems.addAll(new TracingEnvironment(environment).problems());
    @Nullable ProxyPolicy proxies = ProxyPolicy.parse(environment).orReport(problems::add);
    if (config != null) {
      HeapCheck.problem(config, Runtime.getRuntime().maxMemory()).ifPresent(problems::add);
    }
    if (config == null
        || endpoints == null
        || authorities == null
        || proxies == null
        || !problems.isEmpty()) {
      return new Refused(problems);
    }
    Ready ready = new Ready(config, endpoints, credentials, authorities, proxies);
    new ProxyLog(proxies).logDestinations(ready.builtInEndpoint(), environment);
    return ready;
  }

  private static @Nullable TrustedAuthorities authorities(
      Map<String, String> environment, List<String> problems) {
    Logger log = LoggerFactory.getLogger(StartupConfig.class);
    @Nullable TrustedAuthorities authorities =
        TrustedAuthorities.parse(environment, InstantSource.system()).orReport(problems::add);
    if (authorities != null && authorities.added() > 0) {
      log.atInfo()
          .addKeyValue("certificates", authorities.added())
          .log("Trusting the certificate authorities of ACKTASK_CA_BUNDLE");
    }
    if (authorities != null) {
      authorities.remarks().forEach(remark -> log.warn("ACKTASK_CA_BUNDLE: {}", remark));
    }
    return authorities;
  }

  /**
   * The operator's own identity.
   *
   * @param isNeeded whether it is a problem to have none
   */
  private static Optional<CredentialSelection.Selected> credentials(
      CredentialSelection selection, boolean isNeeded, List<String> problems) {
    Logger log = LoggerFactory.getLogger(StartupConfig.class);
    return switch (selection) {
      case CredentialSelection.Selected selected -> {
        log.atInfo().addKeyValue("source", selected.description()).log("Credentials found");
        yield Optional.of(selected);
      }
      case CredentialSelection.NotConfigured none -> {
        if (isNeeded) {
          problems.add(none.message());
        }
        yield Optional.empty();
      }
      case CredentialSelection.Misconfigured wrong -> {
        problems.addAll(wrong.problems());
        yield Optional.empty();
      }
    };
  }

  private static void checkRegion(
      EndpointTemplates templates, OperatorConfig.Connection builtIn, List<String> problems) {
    RegionId region = builtIn.region();
    if (region != null && endpoint(templates, builtIn).isEmpty()) {
      problems.add(
          Setting.DEFAULT_REGION.variable()
              + " is \""
              + region.id()
              + "\"; no host name can contain it.");
    }
  }

  private static Optional<Endpoint> endpoint(
      EndpointTemplates templates, OperatorConfig.Connection builtIn) {
    RegionId region = builtIn.region();
    return region == null ? Optional.empty() : templates.endpoint(region, builtIn.publicNetwork());
  }

  /** The STS of a simulated cloud, which alone has no TLS; null in production. */
  private static @Nullable Endpoint simulatedSts(
      EndpointTemplates templates, OperatorConfig.Connection connection) {
    return endpoint(templates, connection)
        .filter(sts -> "http".equals(sts.base().getScheme()))
        .orElse(null);
  }
}
