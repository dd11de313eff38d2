package dev.acktask.e2e.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * An object in a state that the operator wrote.
 *
 * @param subject kind, and for a gate the mode
 * @param state in plain words
 * @param expected what every tool has to do
 * @param object as the API server returns it
 */
record WrittenObject(String subject, String state, Verdict expected, JsonNode object) {
  static final String ACK_TASK = "AckTask";
  static final String ALL_SUCCEEDED = "AckTaskGate in mode AllSucceeded";
  static final String NONE_RUNNING = "AckTaskGate in mode NoneRunning";

  static WrittenObject of(WrittenState state, JsonNode object) {
    return new WrittenObject(ACK_TASK, state.words(), state.verdict(), object);
  }

  static WrittenObject of(WrittenGateState state, JsonNode object) {
    return new WrittenObject(
        state.isNoneRunning() ? NONE_RUNNING : ALL_SUCCEEDED,
        state.words(),
        state.verdict(),
        object);
  }

  String namespace() {
    return object.at("/metadata/namespace").asText();
  }

  /** As kubectl takes it. */
  String reference() {
    return kind().toLowerCase(Locale.ROOT) + "/" + name();
  }

  /** True if it becomes Settled with its verdict. */
  boolean settles() {
    return !subject.equals(NONE_RUNNING);
  }

  /** What a user had written to create it. */
  ObjectNode manifest() {
    ObjectNode manifest = new ObjectMapper().createObjectNode();
    manifest.set("apiVersion", object.get("apiVersion"));
    manifest.put("kind", kind());
    manifest.putObject("metadata").put("name", name());
    manifest.set("spec", object.get("spec"));
    return manifest;
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return subject + " that is: " + state;
  }

  private String kind() {
    return object.get("kind").asText();
  }

  private String name() {
    return object.at("/metadata/name").asText();
  }
}
