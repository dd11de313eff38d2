package dev.acktask.operator.config;

import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.GepDuration;
import dev.acktask.operator.text.Parsed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses environment variables into a configuration, and collects all problems. */
final class ConfigParser {
  private static final RegionId NO_REGION = new RegionId("no-region"); // reported as a problem

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The name of a Lease is a DNS subdomain. */
  private static final Pattern LEASE =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final Pattern KEY_PART = Pattern.compile("[A-Za-z0-9_.-]{2,64}");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  ConfigParser(Map<String, String> environment) {
    this.environment = environment;
  }

  Parsed<OperatorConfig> parse() {
    oneOf(Setting.LOG_FORMAT, Set.of("text", "json"));
    oneOf(Setting.LOG_LEVEL, Set.of("error", "warn", "info", "debug", "trace"));
    OperatorConfig config =
        new OperatorConfig(connection(), calls(), polling(), mirroring(), metrics(), lifecycle());
    unknownVariables();
    return problems.isEmpty() ? new Parsed.Valid<>(config) : new Parsed.Invalid<>(problems);
  }

  private OperatorConfig.Connection connection() {
    return new OperatorConfig.Connection(
        region(),
        oneOf(Setting.DEFAULT_NETWORK, Set.of("Public", "VPC")).equals("Public"),
        endpoints(),
        number(Setting.REQUESTS_PER_MINUTE, 1, 600_000),
        number(Setting.REQUEST_BURST, 1, 10_000));
  }

  OperatorConfig.Endpoints endpoints() {
    return new OperatorConfig.Endpoints(
        value(Setting.ENDPOINT_PUBLIC),
        value(Setting.ENDPOINT_VPC),
        flag(Setting.ALLOW_PLAINTEXT_ENDPOINT));
  }

  private OperatorConfig.Calls calls() {
    return new OperatorConfig.Calls(
        duration(Setting.CALL_TIMEOUT, Duration.ofSeconds(1), Duration.ofSeconds(60)),
        number(Setting.MAX_RESPONSE_BYTES, 65_536, 67_108_864),
        number(Setting.MAX_CONCURRENT_CALLS, 1, 1_000));
  }

  private OperatorConfig.Polling polling() {
    Duration minimum =
        duration(Setting.MIN_POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1));
    Duration interval =
        duration(Setting.DEFAULT_POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(24));
    if (interval.compareTo(minimum) < 0) {
      problem(
          Setting.DEFAULT_POLL_INTERVAL, "is below " + Setting.MIN_POLL_INTERVAL.variable() + ".");
    }
    return new OperatorConfig.Polling(
        interval,
        minimum,
        duration(Setting.NOT_FOUND_GRACE, Duration.ofSeconds(1), Duration.ofHours(24)));
  }

  private OperatorConfig.Mirroring mirroring() {
    return new OperatorConfig.Mirroring(
        list(Setting.WATCH_NAMESPACES, NAMESPACE, "the name of a namespace"),
        labelSelector(),
        list(Setting.REDACT_KEYS, KEY_PART, "a part of a name such as otp or pin-code"),
        zone());
  }

  private OperatorConfig.Metrics metrics() {
    return new OperatorConfig.Metrics(
        number(Setting.MANAGEMENT_PORT, 0, 65_535),
        number(Setting.METRICS_TASK_LIMIT, 0, 100_000),
        flag(Setting.METRICS_TASK_ID),
        flag(Setting.METRICS_AUTHENTICATION));
  }

  private OperatorConfig.Lifecycle lifecycle() {
    return new OperatorConfig.Lifecycle(
        number(Setting.HEALTH_PORT, 0, 65_535),
        duration(Setting.LIVENESS_INTERVAL, Duration.ofSeconds(1), Duration.ofMinutes(10)),
        flag(Setting.LEADER_ELECTION),
        leaseName());
  }

  private String value(Setting setting) {
    String value = environment.getOrDefault(setting.variable(), "").strip();
    return value.isEmpty() || ServiceLinks.isLink(setting.variable(), value)
        ? setting.defaultText()
        : value;
  }

  private List<String> list(Setting setting, Pattern item, String kind) {
    String value = value(setting);
    if (value.isEmpty()) {
      return List.of();
    }
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).distinct().toList();
    for (String name : names) {
      if (!item.matcher(name).matches()) {
        problem(
            setting,
            "holds "
                + BoundedText.quoted(name)
                + ", which is not "
                + kind
                + "; write names separated by commas.");
      }
    }
    return names;
  }

  /** The selector on one line; the API server ignores white space. */
  private String labelSelector() {
    String selector = value(Setting.WATCH_LABEL_SELECTOR).replaceAll("[ \t\r\n]+", " ");
    LabelSelectorParser.findFault(selector)
        .ifPresent(
            fault ->
                problem(
                    Setting.WATCH_LABEL_SELECTOR,
                    "is "
                        + BoundedText.quoted(selector)
                        + ", which is not a label selector: "
                        + fault
                        + "; write for example acktask.dev/shard=a, acktask.dev/shard!=a or"
                        + " acktask.dev/shard notin (a,b)."));
    return selector;
  }

  private RegionId region() {
    String region = value(Setting.DEFAULT_REGION);
    Optional<RegionId> parsed = RegionId.parse(region);
    if (region.isEmpty()) {
      problem(
          Setting.DEFAULT_REGION,
          "is not set; set it to the region of the tasks, for example cn-hangzhou.");
    } else if (parsed.isEmpty()) {
      problem(
          Setting.DEFAULT_REGION,
          "is " + BoundedText.quoted(region) + ", which is not a region id such as cn-hangzhou.");
    }
    return parsed.orElse(NO_REGION);
  }

  private String leaseName() {
    String name = value(Setting.LEASE_NAME);
    if (!LEASE.matcher(name).matches()) {
      problem(
          Setting.LEASE_NAME,
          "is "
              + BoundedText.quoted(name)
              + ", which is not the name of a Lease such as acktask-operator.");
    }
    return name;
  }

  private boolean flag(Setting setting) {
    return oneOf(setting, Set.of("true", "false")).equals("true");
  }

  private String oneOf(Setting setting, Set<String> words) {
    String value = value(setting);
    if (!words.contains(value)) {
      String choices = String.join(", ", new TreeSet<>(words));
      problem(setting, "is " + BoundedText.quoted(value) + "; write one of " + choices + ".");
    }
    return value;
  }

  private Duration duration(Setting setting, Duration least, Duration most) {
    String value = value(setting);
    Duration duration = GepDuration.parse(value).orElse(null);
    if (duration == null) {
      problem(
          setting,
          "is " + BoundedText.quoted(value) + ", which is not a duration such as 15s or 1m30s.");
      return GepDuration.parse(setting.defaultText()).orElse(least);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      problem(
          setting,
          "is "
              + value
              + "; it must lie between "
              + GepDuration.format(least)
              + " and "
              + GepDuration.format(most)
              + ".");
    }
    return duration;
  }

  private int number(Setting setting, int least, int most) {
    String value = value(setting);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below, together with numbers out of range
    }
    problem(
        setting,
        "is "
            + BoundedText.quoted(value)
            + "; write a whole number from "
            + least
            + " to "
            + most
            + ".");
    return least;
  }

  private @Nullable ZoneId zone() {
    String zone = value(Setting.STAGE_TIME_ZONE);
    try {
      return zone.isEmpty() ? null : ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      problem(
          Setting.STAGE_TIME_ZONE,
          "is " + BoundedText.quoted(zone) + ", which is not a time zone such as Asia/Shanghai.");
      return null;
    }
  }

  private void unknownVariables() {
    Set<String> known =
        Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(Setting.PREFIX)
          && !known.contains(name)
          && !ServiceLinks.isLink(name, environment.getOrDefault(name, ""))) {
        problems.add(name + " is not a setting of this operator; see docs/configuration.md.");
      }
    }
  }

  private void problem(Setting setting, String text) {
    problems.add(setting.variable() + " " + text);
  }
}
