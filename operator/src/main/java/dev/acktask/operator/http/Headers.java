package dev.acktask.operator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Header fields in the order in which they came; names are compared without regard to case. */
public final class Headers {
  private final List<Map.Entry<String, String>> fields;

  Headers(List<Map.Entry<String, String>> fields) {
    this.fields = List.copyOf(fields);
  }

  /** One field for each name. */
  public static Headers of(Map<String, String> fields) {
    return new Headers(new ArrayList<>(fields.entrySet()));
  }

  /** All values of fields called {@code name}. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<String, String> field : fields) {
      if (field.getKey().equalsIgnoreCase(name)) {
        values.add(field.getValue());
      }
    }
    return values;
  }

  /** The first value of a field called {@code name}. */
  public Optional<String> first(String name) {
    for (Map.Entry<String, String> field : fields) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }
}
