package dev.acktask.operator.config;

import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.Parsed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses environment variables into a configuration, and collects all problems. */
final class ConfigParser {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** A DNS subdomain, as the names of most objects and the prefixes of labels are. */
  static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final Pattern KEY_PART = Pattern.compile("[A-Za-z0-9_.-]{2,64}");

  private final SettingReader settings;

  ConfigParser(Map<String, String> environment) {
    this.settings = new SettingReader(environment);
  }

  Parsed<OperatorConfig> parse() {
    settings.oneOf(Setting.LOG_FORMAT, Set.of("text", "json"));
    settings.oneOf(Setting.LOG_LEVEL, Set.of("error", "warn", "info", "debug", "trace"));
    OperatorConfig config =
        new OperatorConfig(connection(), calls(), polling(), mirroring(), metrics(), lifecycle());
    settings.findUnknownVariables();
    return settings.problems().isEmpty()
        ? new Parsed.Valid<>(config)
        : new Parsed.Invalid<>(settings.problems());
  }

  private OperatorConfig.Connection connection() {
    return new OperatorConfig.Connection(
        region(),
        settings.oneOf(Setting.DEFAULT_NETWORK, Set.of("Public", "VPC")).equals("Public"),
        endpoints(),
        settings.number(Setting.REQUESTS_PER_MINUTE, 1, 600_000),
        settings.number(Setting.REQUEST_BURST, 1, 10_000));
  }

  OperatorConfig.Endpoints endpoints() {
    return new OperatorConfig.Endpoints(
        new OperatorConfig.Templates(
            settings.value(Setting.ENDPOINT_PUBLIC), settings.value(Setting.ENDPOINT_VPC)),
        new OperatorConfig.Templates(
            settings.value(Setting.STS_ENDPOINT_PUBLIC), settings.value(Setting.STS_ENDPOINT_VPC)),
        settings.flag(Setting.ALLOW_PLAINTEXT_ENDPOINT));
  }

  private OperatorConfig.Calls calls() {
    return new OperatorConfig.Calls(
        settings.duration(Setting.CALL_TIMEOUT, Duration.ofSeconds(1), Duration.ofSeconds(60)),
        settings.number(Setting.MAX_RESPONSE_BYTES, 65_536, 67_108_864),
        settings.number(Setting.MAX_CONCURRENT_CALLS, 1, 1_000));
  }

  private OperatorConfig.Polling polling() {
    Duration minimum =
        settings.duration(Setting.MIN_POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1));
    Duration interval =
        settings.duration(
            Setting.DEFAULT_POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(24));
    if (interval.compareTo(minimum) < 0) {
      settings.problem(
          Setting.DEFAULT_POLL_INTERVAL, "is below " + Setting.MIN_POLL_INTERVAL.variable() + ".");
    }
    return new OperatorConfig.Polling(
        interval,
        minimum,
        settings.duration(Setting.NOT_FOUND_GRACE, Duration.ofSeconds(1), Duration.ofHours(24)));
  }

  private OperatorConfig.Mirroring mirroring() {
    return new OperatorConfig.Mirroring(
        settings.list(Setting.WATCH_NAMESPACES, NAMESPACE, "the name of a namespace"),
        labelSelector(),
        settings.list(Setting.REDACT_KEYS, KEY_PART, "a part of a name such as otp or pin-code"),
        zone());
  }

  private OperatorConfig.Metrics metrics() {
    return new OperatorConfig.Metrics(
        settings.number(Setting.MANAGEMENT_PORT, 0, 65_535),
        settings.number(Setting.METRICS_TASK_LIMIT, 0, 100_000),
        settings.flag(Setting.METRICS_TASK_ID),
        settings.flag(Setting.METRICS_AUTHENTICATION));
  }

  private OperatorConfig.Lifecycle lifecycle() {
    return new OperatorConfig.Lifecycle(
        settings.number(Setting.HEALTH_PORT, 0, 65_535),
        settings.duration(Setting.LIVENESS_INTERVAL, Duration.ofSeconds(1), Duration.ofMinutes(10)),
        settings.flag(Setting.LEADER_ELECTION),
        leaseName());
  }

  /** The selector on one line; the API server ignores white space. */
  private String labelSelector() {
    String selector = settings.value(Setting.WATCH_LABEL_SELECTOR).replaceAll("[ \t\r\n]+", " ");
    LabelSelectorParser.findFault(selector)
        .ifPresent(
            fault ->
                settings.problem(
                    Setting.WATCH_LABEL_SELECTOR,
                    "is "
                        + BoundedText.quoted(selector)
                        + ", which is not a label selector: "
                        + fault
                        + "; write for example acktask.dev/shard=a, acktask.dev/shard!=a or"
                        + " acktask.dev/shard notin (a,b)."));
    return selector;
  }

  private @Nullable RegionId region() {
    String region = settings.value(Setting.DEFAULT_REGION);
    Optional<RegionId> parsed = RegionId.parse(region);
    if (!region.isEmpty() && parsed.isEmpty()) {
      settings.problem(
          Setting.DEFAULT_REGION,
          "is " + BoundedText.quoted(region) + ", which is not a region id such as cn-hangzhou.");
    }
    return parsed.orElse(null);
  }

  private String leaseName() {
    String name = settings.value(Setting.LEASE_NAME);
    if (!SUBDOMAIN.matcher(name).matches()) {
      settings.problem(
          Setting.LEASE_NAME,
          "is "
              + BoundedText.quoted(name)
              + ", which is not the name of a Lease such as acktask-operator.");
    }
    return name;
  }

  private @Nullable ZoneId zone() {
    String zone = settings.value(Setting.STAGE_TIME_ZONE);
    try {
      return zone.isEmpty() ? null : ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      settings.problem(
          Setting.STAGE_TIME_ZONE,
          "is " + BoundedText.quoted(zone) + ", which is not a time zone such as Asia/Shanghai.");
      return null;
    }
  }
}
