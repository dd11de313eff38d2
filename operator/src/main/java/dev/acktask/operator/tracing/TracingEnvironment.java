package dev.acktask.operator.tracing;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the subset of the standard {@code OTEL_*} variables that this operator supports. */
public final class TracingEnvironment {
  private static final String PREFIX = "OTEL_";
  private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
  private static final List<String> ENDPOINTS =
      List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");
  private static final List<String> PROTOCOLS =
      List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
  private static final List<String> HEADERS =
      List.of("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS");

  private static final List<String> CERTIFICATES =
      List.of(
          "OTEL_EXPORTER_OTLP_CERTIFICATE",
          "OTEL_EXPORTER_OTLP_CLIENT_KEY",
          "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
          "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY");

  /** As in HTTP. Checked here, because messages of the SDK would contain the value. */
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t -~]*");

  private static final String PROTOCOL = "http/protobuf";

  /** Short, because losing a trace is better than waiting for it. */
  private static final String TIMEOUT_MILLIS = "5000";

  private final Map<String, String> environment;

  public TracingEnvironment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Invalid or unsupported values, one line each; empty if tracing is disabled. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!isTracingEnabled()) {
      return problems;
    }
    if (!exporter().isEmpty() && !exporter().equals("otlp")) {
      problems.add(EXPORTER + " is not understood; write otlp or none.");
    }
    for (String variable : PROTOCOLS) {
      if (!value(variable).isEmpty() && !value(variable).equals(PROTOCOL)) {
        problems.add(
            variable + " is not " + PROTOCOL + ", the only one there is; its usual port is 4318.");
      }
    }
    for (String variable : ENDPOINTS) {
      if (value(variable).contains("@")) {
        problems.add(
            variable + " holds a user; write credentials into OTEL_EXPORTER_OTLP_HEADERS.");
      }
    }
    for (String variable : HEADERS) {
      if (!Arrays.stream(value(variable).split(",", -1)).allMatch(TracingEnvironment::isHeader)) {
        problems.add(
            variable
                + " is not understood; write name=value, separated by commas, %XX for others.");
      }
    }
    return problems;
  }

  private static boolean isHeader(String pair) {
    int equals = pair.indexOf('=');
    try {
      return pair.isBlank()
          || (equals > 0
              && HEADER_NAME.matcher(pair.substring(0, equals).strip()).matches()
              && HEADER_VALUE
                  .matcher(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8))
                  .matches());
    } catch (IllegalArgumentException undecodable) {
      return false;
    }
  }

  /** True if an endpoint or an exporter is set and tracing is not disabled. */
  boolean isTracingEnabled() {
    boolean disabled = value("OTEL_SDK_DISABLED").toLowerCase(Locale.ROOT).equals("true");
    boolean target = ENDPOINTS.stream().anyMatch(variable -> !value(variable).isEmpty());
    return !disabled && !exporter().equals("none") && (target || !exporter().isEmpty());
  }

  /** True if a variable names certificates, which then replace the operator's own. */
  boolean namesCertificates() {
    return CERTIFICATES.stream().anyMatch(variable -> !value(variable).isEmpty());
  }

  /** The variables as properties of the SDK. */
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.exporter.otlp.protocol", PROTOCOL);
    properties.put("otel.exporter.otlp.timeout", TIMEOUT_MILLIS);
    properties.put("otel.bsp.export.timeout", TIMEOUT_MILLIS);
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(PREFIX) && !value.isBlank()) {
            properties.put(variable.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
          }
        });
    properties.put("otel.traces.exporter", "otlp");
    // Cluster-wide values may name exporters that are not in the image and are not used here.
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.propagators", "none");
    return properties;
  }

  /** Endpoint of the traces; empty if it is not a URL. */
  static Optional<URI> endpoint(Map<String, String> properties) {
    String general =
        properties.getOrDefault("otel.exporter.otlp.endpoint", "http://localhost:4318");
    String url = properties.getOrDefault("otel.exporter.otlp.traces.endpoint", general);
    try {
      return Optional.of(new URI(url));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  /** URL of the collector; empty if tracing is disabled. */
  public Optional<URI> collector() {
    return isTracingEnabled() ? endpoint(properties()) : Optional.empty();
  }

  private String exporter() {
    return value(EXPORTER);
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "").strip();
  }
}
