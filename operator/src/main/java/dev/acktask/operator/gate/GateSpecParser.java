package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.gate.GateSettings.Condition;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.GepDuration;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a spec. The schema of the CRD refuses the same, but an older one may be installed. */
final class GateSpecParser {
  /** Names of objects (RFC 1123 subdomain), without the limit of their length. */
  private static final Pattern OBJECT_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final int MAX_OBJECT_NAME = 253;

  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

  private final GateSpec spec;
  private final List<String> problems = new ArrayList<>();

  private GateSpecParser(GateSpec spec) {
    this.spec = spec;
  }

  static Parsed<GateSettings> parse(GateSpec spec) {
    return new GateSpecParser(spec).settings();
  }

  private Parsed<GateSettings> settings() {
    Duration deadline = deadline();
    Condition condition = condition();
    return condition == null || !problems.isEmpty()
        ? new Parsed.Invalid<>(problems)
        : new Parsed.Valid<>(new GateSettings(condition, deadline));
  }

  private @Nullable Condition condition() {
    String mode = spec.mode();
    if (GateSpec.ALL_SUCCEEDED.equals(mode)) {
      refuse(spec.clusterIds(), "clusterIds", GateSpec.NONE_RUNNING);
      refuse(spec.discoveryRef(), "discoveryRef", GateSpec.NONE_RUNNING);
      return allSucceeded();
    }
    if (GateSpec.NONE_RUNNING.equals(mode)) {
      refuse(spec.taskRefs(), "taskRefs", GateSpec.ALL_SUCCEEDED);
      refuse(spec.selector(), "selector", GateSpec.ALL_SUCCEEDED);
      refuse(spec.since(), "since", GateSpec.ALL_SUCCEEDED);
      refuse(spec.count(), "count", GateSpec.ALL_SUCCEEDED);
      return new Condition.NoneRunning(clusterIds(), discovery());
    }
    problems.add("spec.mode is neither AllSucceeded nor NoneRunning.");
    return null;
  }

  private void refuse(@Nullable Object value, String field, String mode) {
    if (value != null) {
      problems.add("spec." + field + " is only valid with the mode " + mode + ". Remove it.");
    }
  }

  private @Nullable Condition allSucceeded() {
    List<GateSpec.TaskRef> refs = spec.taskRefs();
    GateSpec.Selector selector = spec.selector();
    if ((refs == null) == (selector == null)) {
      problems.add("spec.mode AllSucceeded needs exactly one of spec.taskRefs and spec.selector.");
      return null;
    }
    if (selector != null) {
      return new Condition.SelectedSucceeded(labels(selector.matchLabels()), since(), count());
    }
    if (spec.since() != null || spec.count() != null) {
      problems.add("spec.since and spec.count are only valid with spec.selector. Remove them.");
    }
    return new Condition.NamedSucceeded(names(Objects.requireNonNull(refs)));
  }

  private List<String> names(List<GateSpec.TaskRef> refs) {
    if (refs.isEmpty() || refs.size() > GateSpec.MAX_TASKS) {
      problems.add("spec.taskRefs does not have 1 to 200 entries.");
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (GateSpec.TaskRef ref : refs) {
      String name = ref == null ? null : ref.name();
      if (name == null || !isObjectName(name)) {
        problems.add("spec.taskRefs has a name that no AckTask can have: " + quoted(name) + ".");
        return List.of();
      }
      names.add(name);
    }
    if (new HashSet<>(names).size() < names.size()) {
      problems.add("spec.taskRefs names an AckTask twice. Remove one of the entries.");
    }
    return names;
  }

  private Map<String, String> labels(@Nullable Map<String, String> labels) {
    if (labels == null || labels.isEmpty() || labels.size() > GateSpec.MAX_LABELS) {
      problems.add("spec.selector.matchLabels does not have 1 to 16 labels.");
      return Map.of();
    }
    Map<String, String> valid = new HashMap<>();
    labels.forEach(
        (key, value) -> {
          if (!LABEL_KEY.matcher(key).matches()) {
            problems.add("spec.selector.matchLabels has a key that is not valid.");
          } else if (value == null || !LABEL_VALUE.matcher(value).matches()) {
            problems.add("spec.selector.matchLabels has a value that is not valid.");
          } else {
            valid.put(key, value);
          }
        });
    return valid;
  }

  private Duration since() {
    String text = spec.since();
    Duration since = text == null ? Duration.ZERO : GepDuration.parse(text).orElse(Duration.ZERO);
    if (since.compareTo(bound(DiscoverySpec.MIN_SINCE)) < 0
        || since.compareTo(bound(DiscoverySpec.MAX_SINCE)) > 0) {
      problems.add(
          "spec.since is not a duration such as 24h, from 1m to 720h (30 days); spec.selector needs"
              + " it.");
    }
    return since;
  }

  private static Duration bound(String text) {
    return GepDuration.parse(text).orElseThrow();
  }

  private int count() {
    int count = Objects.requireNonNullElse(spec.count(), 0);
    if (count < 1 || count > GateSpec.MAX_TASKS) {
      problems.add("spec.count is not a number from 1 to 200; spec.selector needs it.");
    }
    return count;
  }

  private Set<String> clusterIds() {
    List<String> ids = spec.clusterIds();
    if (ids == null || ids.isEmpty() || ids.size() > GateSpec.MAX_CLUSTERS) {
      problems.add("spec.clusterIds does not have 1 to 100 entries.");
      return Set.of();
    }
    if (!ids.stream().allMatch(id -> id != null && ListedCluster.isId(id))) {
      problems.add("spec.clusterIds has an id that is not 1 to 64 letters, digits, ., _ and -.");
      return Set.of();
    }
    return new HashSet<>(ids);
  }

  private String discovery() {
    GateSpec.DiscoveryRef ref = spec.discoveryRef();
    String name = ref == null ? null : ref.name();
    if (name != null && isObjectName(name)) {
      return name;
    }
    problems.add(
        "spec.discoveryRef needs the name of an AckTaskDiscovery; it has " + quoted(name) + ".");
    return "";
  }

  private static boolean isObjectName(String name) {
    return name.length() <= MAX_OBJECT_NAME && OBJECT_NAME.matcher(name).matches();
  }

  private static String quoted(@Nullable String name) {
    return name == null ? "none" : BoundedText.quoted(name);
  }

  private @Nullable Duration deadline() {
    String text = spec.deadline();
    Duration deadline = text == null ? null : GepDuration.parse(text).orElse(null);
    if (text != null && deadline == null) {
      problems.add("spec.deadline is not a duration such as 2h or 1h30m.");
    }
    return deadline;
  }
}
