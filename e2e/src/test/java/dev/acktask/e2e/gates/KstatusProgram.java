package dev.acktask.e2e.gates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the kstatus libraries conclude from objects. */
final class KstatusProgram {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Program program;

  KstatusProgram(GatingTools tools) {
    this.program = new Program(tools.kstatus());
  }

  /**
   * The answer for one object.
   *
   * @param flux by the library of Flux and Helm 4
   * @param sigs by the library that it was forked from
   */
  record Answer(String namespace, String name, Verdict flux, Verdict sigs) {}

  /**
   * One conclusion.
   *
   * @param status such as {@code Current}, {@code InProgress} or {@code Failed}
   */
  record Verdict(String status, String message) {}

  /** One answer for each of the objects, in their order. */
  List<Answer> read(List<? extends JsonNode> objects) {
    String stream = objects.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
    List<Answer> answers = new ArrayList<>();
    for (String line : program.run(stream).orThrow().lines().toList()) {
      answers.add(parse(line));
    }
    if (answers.size() != objects.size()) {
      throw new IllegalStateException(
          answers.size() + " answers for " + objects.size() + " objects");
    }
    return answers;
  }

  /** The answer for the object of each key. */
  <K> Map<K, Answer> read(Map<K, ? extends JsonNode> objects) {
    Iterator<Answer> answers = read(List.copyOf(objects.values())).iterator();
    Map<K, Answer> byKey = new LinkedHashMap<>();
    objects.keySet().forEach(key -> byKey.put(key, answers.next()));
    return byKey;
  }

  private static Answer parse(String line) {
    try {
      return JSON.readValue(line, Answer.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
