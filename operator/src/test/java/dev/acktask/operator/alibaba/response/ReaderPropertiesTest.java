package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Properties of the reader on random answers. {@code -Dacktask.fuzz.seed} sets the printed seed,
 * and {@code -Dacktask.fuzz.runs} the number of mutants.
 */
final class ReaderPropertiesTest {
  private static final int RUNS = Integer.getInteger("acktask.fuzz.runs", 20_000);
  private static final String SUCCESS = SampleTask.inState("success").strip();
  private static final List<String> RETYPED =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "\"\"",
          "\"success\"",
          "[]",
          "{}",
          "[null]",
          "[\"success\"]",
          "{\"state\":\"success\"}");

  private final ObjectMapper mapper = new ObjectMapper();
  private long seed;

  @BeforeEach
  void chooseSeed() {
    seed = Long.getLong("acktask.fuzz.seed", System.nanoTime());
    System.out.println("ReaderPropertiesTest seed " + seed + ", runs " + RUNS);
  }

  @Test
  void shouldFindNothingInAnyPrefixOfASuccess() {
    for (String body : List.of(SUCCESS, SampleTask.minimal("success", ""))) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < bytes.length; length++) {
        assertFalse(
            Answer.of(200, Arrays.copyOf(bytes, length)).read() instanceof Found,
            "prefix of " + length);
      }
    }
  }

  @Test
  void shouldReadMutantsLikeATreeModel() {
    Mutants mutants = new Mutants(seed, SUCCESS);
    int found = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] body = mutants.next();
      TaskLookup lookup = readSafely(body, run);
      if (lookup instanceof Found answer) {
        found++;
        assertEquals(SampleTask.ID, answer.task().taskId());
        assertReadsTheSame(answer.task(), body);
      }
    }
    System.out.println("found in " + found + " of " + RUNS + " mutants");
  }

  @Test
  void shouldNeverSucceedWhenAFailedAnswerIsMutated() {
    // A mutant without the text "success" must not be read as successful.
    Mutants mutants = new Mutants(seed, SUCCESS.replace("success", "failure"));
    for (int run = 0; run < RUNS / 4; run++) {
      byte[] body = mutants.next();
      if (!new String(body, StandardCharsets.UTF_8).contains("success")) {
        TaskLookup lookup = readSafely(body, run);
        assertFalse(
            lookup instanceof Found answer
                && TaskState.of(answer.task().state()) == TaskState.SUCCEEDED);
      }
    }
  }

  @Test
  void shouldIgnoreWhitespaceOrderAndUnknownFields() throws Exception {
    Random random = new Random(seed);
    TaskInfo expected = LookupAssertions.task(SampleTask.OFFICIAL);
    ObjectNode tree = (ObjectNode) mapper.readTree(SampleTask.OFFICIAL);
    for (int run = 0; run < 500; run++) {
      ObjectNode shuffled = (ObjectNode) shuffled(tree, random);
      String body =
          random.nextBoolean() ? shuffled.toString() : shuffled.toPrettyString() + "\r\n\t ";

      assertEquals(expected, LookupAssertions.task(body));
    }
  }

  @Test
  void shouldKeepTheVerdictWhenAnyDetailIsRetypedOrRemoved() throws Exception {
    ObjectNode tree = (ObjectNode) mapper.readTree(SampleTask.inState("failed"));
    for (String name : names(tree)) {
      if (name.equals("task_id") || name.equals("state")) {
        continue;
      }
      ObjectNode without = tree.deepCopy();
      without.remove(name);
      assertEquals("failed", LookupAssertions.task(without.toString()).state());
      for (String json : RETYPED) {
        ObjectNode retyped = tree.deepCopy();
        retyped.set(name, mapper.readTree(json));
        assertEquals(
            "failed", LookupAssertions.task(retyped.toString()).state(), name + " as " + json);
      }
    }
  }

  @Test
  void shouldFindNothingWhenIdOrStateIsRemovedOrRetyped() throws Exception {
    for (String name : List.of("task_id", "state")) {
      ObjectNode tree = (ObjectNode) mapper.readTree(SUCCESS);
      ObjectNode without = tree.deepCopy();
      without.remove(name);
      assertFalse(Answer.of(200, without.toString()).read() instanceof Found);
      String others = without.toString().substring(1);
      for (String json : RETYPED) {
        String retyped = "{\"" + name + "\":" + json + "," + others;
        boolean isString = json.startsWith("\"") && name.equals("state");

        assertEquals(isString, Answer.of(200, retyped).read() instanceof Found, name + json);
      }
    }
  }

  /** Reads the same bytes with a tree model: both must find the same task. */
  private void assertReadsTheSame(TaskInfo task, byte[] body) {
    try {
      JsonNode tree = mapper.readTree(new String(body, StandardCharsets.UTF_8));
      assertEquals(tree.get("task_id").textValue(), task.taskId());
      assertEquals(tree.get("state").textValue(), task.state());
    } catch (java.io.IOException e) {
      throw new AssertionError("found a task in invalid JSON, seed " + seed, e);
    }
  }

  private TaskLookup readSafely(byte[] body, int run) {
    try {
      return assertInstanceOf(TaskLookup.class, Answer.of(200, body).read());
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", run " + run, e);
    }
  }

  private JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
      Collections.shuffle(fields, random);
      ObjectNode copy = mapper.createObjectNode();
      boolean isFreeForm = object.has("test");
      for (Map.Entry<String, JsonNode> field : isFreeForm ? object.properties() : fields) {
        copy.set(field.getKey(), shuffled(field.getValue(), random));
        if (!isFreeForm && random.nextInt(4) == 0) {
          copy.putObject("x-" + random.nextInt()).put("state", "success").putArray("a").add(1);
        }
      }
      return copy;
    }
    if (node.isArray()) {
      var copy = mapper.createArrayNode();
      node.forEach(item -> copy.add(shuffled(item, random)));
      return copy;
    }
    return node;
  }

  private static List<String> names(ObjectNode tree) {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
