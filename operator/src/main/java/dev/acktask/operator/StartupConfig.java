package dev.acktask.operator;

import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.EndpointTemplate;
import dev.acktask.operator.alibaba.EndpointTemplates;
import dev.acktask.operator.alibaba.credentials.CredentialProvider;
import dev.acktask.operator.alibaba.credentials.CredentialSelection;
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
   * @param credentials the operator's own identity; empty without one
   */
  record Ready(
      OperatorConfig config,
      EndpointTemplates endpoints,
      Optional<CredentialSelection.Selected> credentials,
      TrustedAuthorities authorities,
      ProxyPolicy proxies)
      implements StartupConfig {
    /** The endpoint of the built-in connection; empty without one. */
    Optional<Endpoint> builtInEndpoint() {
      RegionId region = config.connection().region();
      return region == null
          ? Optional.empty()
          : endpoints.endpoint(region, config.connection().publicNetwork());
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
    Logger log = LoggerFactory.getLogger(StartupConfig.class);
    List<String> problems = new ArrayList<>();
    CredentialSelection.@Nullable Selected credentials =
        switch (CredentialProvider.fromEnvironment(environment, home)) {
          case CredentialSelection.Selected selected -> {
            log.atInfo().addKeyValue("source", selected.description()).log("Credentials found");
            yield selected;
          }
          case CredentialSelection.NotConfigured none -> {
            if (!environment.getOrDefault(Setting.DEFAULT_REGION.variable(), "").isBlank()) {
              problems.add(none.message()); // the built-in connection has no other identity
            }
            yield null;
          }
          case CredentialSelection.Misconfigured wrong -> {
            problems.addAll(wrong.problems());
            yield null;
          }
        };
    @Nullable OperatorConfig config = OperatorConfig.parse(environment).orReport(problems::add);
    @Nullable EndpointTemplates endpoints =
        templates(OperatorConfig.Endpoints.of(environment), problems);
    if (config != null && endpoints != null) {
      checkRegion(config.connection(), endpoints, problems);
    }
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
    Ready ready =
        new Ready(config, endpoints, Optional.ofNullable(credentials), authorities, proxies);
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

  private static @Nullable EndpointTemplates templates(
      OperatorConfig.Endpoints endpoints, List<String> problems) {
    boolean plaintext = endpoints.allowPlaintext();
    @Nullable EndpointTemplate publicNetwork =
        EndpointTemplate.parse(endpoints.publicNetwork(), AddressPolicy.PUBLIC, plaintext)
            .orReport(problem -> report(Setting.ENDPOINT_PUBLIC, problem, problems));
    @Nullable EndpointTemplate vpc =
        EndpointTemplate.parse(endpoints.vpc(), AddressPolicy.PRIVATE, plaintext)
            .orReport(problem -> report(Setting.ENDPOINT_VPC, problem, problems));
    return publicNetwork == null || vpc == null ? null : new EndpointTemplates(publicNetwork, vpc);
  }

  private static void checkRegion(
      OperatorConfig.Connection builtIn, EndpointTemplates endpoints, List<String> problems) {
    RegionId region = builtIn.region();
    if (region != null && endpoints.endpoint(region, builtIn.publicNetwork()).isEmpty()) {
      report(
          Setting.DEFAULT_REGION,
          "is \"" + region.id() + "\"; no host name can contain it.",
          problems);
    }
  }

  private static void report(Setting setting, String problem, List<String> problems) {
    problems.add(setting.variable() + " " + problem);
  }
}
