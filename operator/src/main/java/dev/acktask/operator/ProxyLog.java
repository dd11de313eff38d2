package dev.acktask.operator;

import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.proxy.HttpProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.tracing.TracingEnvironment;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at start the proxy of each destination, without credentials. */
final class ProxyLog {
  private static final Logger log = LoggerFactory.getLogger(ProxyLog.class);

  private final ProxyPolicy policy;

  ProxyLog(ProxyPolicy policy) {
    this.policy = policy;
    policy
        .ignoredExceptions()
        .forEach(
            entry ->
                log.atWarn()
                    .addKeyValue("entry", entry)
                    .log("An entry of NO_PROXY is invalid and ignored"));
  }

  /** Logs nothing if no proxy is configured. */
  void logDestinations(Optional<Endpoint> endpoint, Map<String, String> environment) {
    if (!policy.hasProxy()) {
      return;
    }
    endpoint.map(Endpoint::base).ifPresent(base -> logDestination("ACK API", base));
    logDestination("Kubernetes API", URI.create(Config.autoConfigure(null).getMasterUrl()));
    new TracingEnvironment(environment)
        .collector()
        .ifPresent(collector -> logDestination("OTLP", collector));
  }

  private void logDestination(String name, URI url) {
    log.atInfo()
        .addKeyValue("destination", name)
        .addKeyValue("host", url.getHost())
        .addKeyValue("proxy", policy.forTarget(url).map(HttpProxy::toString).orElse("none"))
        .log("Proxy of a destination");
  }
}
