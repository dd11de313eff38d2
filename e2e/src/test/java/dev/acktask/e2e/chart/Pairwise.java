package dev.acktask.e2e.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Few combinations of values that contain each pair of values of two keys at least once. Most
 * faults of a template need at most two values, and thirty switches have a billion combinations.
 */
final class Pairwise {
  private record Choice(String key, String value) {}

  private record Pair(Choice one, Choice other) {}

  private Pairwise() {}

  /**
   * The combinations, each with a value for every key.
   *
   * @param choices the values of each key
   */
  static List<Map<String, String>> combinations(Map<String, List<String>> choices) {
    List<String> keys = List.copyOf(choices.keySet());
    Set<Pair> missing = new LinkedHashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        for (String one : choices.get(keys.get(i))) {
          for (String other : choices.get(keys.get(j))) {
            missing.add(new Pair(new Choice(keys.get(i), one), new Choice(keys.get(j), other)));
          }
        }
      }
    }
    List<Map<String, String>> combinations = new ArrayList<>();
    while (!missing.isEmpty()) {
      Map<String, String> combination = next(keys, choices, missing);
      missing.removeIf(pair -> has(combination, pair.one()) && has(combination, pair.other()));
      combinations.add(combination);
    }
    return combinations;
  }

  /** Starts from a missing pair and takes for each other key the value that covers the most. */
  private static Map<String, String> next(
      List<String> keys, Map<String, List<String>> choices, Set<Pair> missing) {
    Map<String, String> combination = new LinkedHashMap<>();
    Pair first = missing.iterator().next();
    combination.put(first.one().key(), first.one().value());
    combination.put(first.other().key(), first.other().value());
    for (String key : keys) {
      if (!combination.containsKey(key)) {
        String best = choices.get(key).get(0);
        long most = -1;
        for (String value : choices.get(key)) {
          Choice choice = new Choice(key, value);
          long covered =
              missing.stream()
                  .filter(
                      pair ->
                          (pair.one().equals(choice) && has(combination, pair.other()))
                              || (pair.other().equals(choice) && has(combination, pair.one())))
                  .count();
          if (covered > most) {
            most = covered;
            best = value;
          }
        }
        combination.put(key, best);
      }
    }
    return combination;
  }

  private static boolean has(Map<String, String> combination, Choice choice) {
    return choice.value().equals(combination.get(choice.key()));
  }
}
