package dev.acktask.demo.screen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An AckTask as {@code kubectl get -o yaml} prints it. */
public final class TaskYaml {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .build());

  /** Status fields that explain a failure. */
  private static final List<String> EXPLAINING_FIELDS =
      List.of(
          "phase",
          "reason",
          "message",
          "state",
          "currentStage",
          "progress",
          "error",
          "results",
          "stages");

  private TaskYaml() {}

  /** The whole object. */
  public static String of(GenericKubernetesResource task) throws JsonProcessingException {
    return YAML.writeValueAsString(task);
  }

  /** The status fields that explain a failure. */
  public static String excerpt(GenericKubernetesResource task) throws JsonProcessingException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name : EXPLAINING_FIELDS) {
      Object value = task.get("status", name);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return YAML.writeValueAsString(Map.of("status", fields));
  }
}
