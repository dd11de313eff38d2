package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Labels and annotations from the template of a discovery.
 *
 * @param labels valid
 * @param annotations with valid keys
 */
public record TemplateMetadata(Map<String, String> labels, Map<String, String> annotations) {
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

  private static final Pattern REFUSED_KEYS = Pattern.compile(DiscoverySpec.REFUSED_KEYS);

  private static final Pattern OWN_KEYS = Pattern.compile("([^/]+\\.)?acktask\\.dev/.*");

  /** Copies the maps. */
  public TemplateMetadata {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Checks {@code metadata}; adds what is wrong to {@code problems}. */
  static TemplateMetadata parse(@Nullable Metadata metadata, List<String> problems) {
    Map<String, String> labels = metadata == null ? null : metadata.labels();
    Map<String, String> annotations = metadata == null ? null : metadata.annotations();
    TemplateMetadata parsed =
        new TemplateMetadata(
            Objects.requireNonNullElse(labels, Map.of()),
            Objects.requireNonNullElse(annotations, Map.of()));
    parsed.labels.forEach(
        (key, value) -> {
          check("labels", key, problems);
          if (!LABEL_VALUE.matcher(value).matches()) {
            problems.add("spec.template.metadata.labels has a value that is not valid.");
          }
        });
    parsed.annotations.forEach(
        (key, value) -> {
          check("annotations", key, problems);
          if (value.length() > DiscoverySpec.MAX_ANNOTATION_VALUE) {
            problems.add("spec.template.metadata.annotations has a value that is too long.");
          }
        });
    if (parsed.labels.size() > DiscoverySpec.MAX_METADATA
        || parsed.annotations.size() > DiscoverySpec.MAX_METADATA) {
      problems.add("spec.template.metadata has more than 16 labels or annotations.");
    }
    return parsed;
  }

  private static void check(String field, String key, List<String> problems) {
    String where = "spec.template.metadata." + field;
    if (!KEY.matcher(key).matches()) {
      problems.add(where + " has a key that is not valid.");
    } else if (OWN_KEYS.matcher(key).matches()) {
      problems.add(where + " has the key " + key + ", which the operator sets. Remove it.");
    } else if (REFUSED_KEYS.matcher(key).matches()) {
      problems.add(
          where
              + " has the tracking key "
              + key
              + " of a GitOps tool, which would prune. Remove it.");
    }
  }
}
