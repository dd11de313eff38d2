package dev.acktask.operator.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a cached object. Users control their number, so only {@link #MAX} are kept. */
public final class CachedLabels {
  public static final int MAX = 32;

  /** A key that no label can have: others were left out. */
  static final String OMITTED = "";

  private CachedLabels() {}

  /** False if labels were left out: whether the object has one that is absent is not known then. */
  public static boolean areAllKnown(Map<String, String> labels) {
    return !labels.containsKey(OMITTED);
  }

  /** The labels to keep, within the limits. The same for labels that are within them. */
  static Map<String, String> prune(Map<String, String> labels) {
    Map<String, String> kept = new HashMap<>();
    for (var label : new TreeMap<>(labels).entrySet()) {
      if (isKept(label.getKey(), kept)) {
        kept.put(CacheLimits.truncate(label.getKey()), CacheLimits.truncate(label.getValue()));
      } else {
        kept.put(OMITTED, "");
      }
    }
    return Map.copyOf(kept);
  }

  /** True if there is room for {@code key}; always for those that discoveries read. */
  static boolean isKept(String key, Map<String, String> kept) {
    int number = kept.size() - (kept.containsKey(OMITTED) ? 1 : 0);
    return key.equals(OMITTED)
        || number < MAX
        || MetadataPruningModule.DISCOVERY_LABELS.contains(key);
  }
}
