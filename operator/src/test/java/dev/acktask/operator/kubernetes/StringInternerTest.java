package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StringInternerTest {
  private final ObjectMapper json = new ObjectMapper().registerModule(new CachePruningModule());

  @Test
  void shouldShareAShortStringWhenTwoObjectsHaveIt() throws IOException {
    assertSame(stage("running", "x").state(), stage("running", "y").state());
  }

  @Test
  void shouldReadEachStringWhenThereAreMoreStringsThanSlots() throws IOException {
    for (int word : IntStream.range(0, 10_000).toArray()) {
      AckTaskStatus.Stage stage = stage("s" + word, "m" + word % 7);
      assertEquals("s" + word, stage.state());
      assertEquals("m" + word % 7, stage.message());
    }
  }

  @Test
  void shouldNotKeepALongStringWhenUsersRepeatIt() throws IOException {
    String longest = "x".repeat(StringInterner.MAX_LENGTH);
    assertSame(stage(longest, "x").state(), stage(longest, "y").state());
    assertNotSame(stage(longest + "x", "x").state(), stage(longest + "x", "y").state());
  }

  @Test
  void shouldReadNullAsNull() throws IOException {
    assertNull(json.readValue("{\"state\": null}", AckTaskStatus.Stage.class).state());
  }

  private AckTaskStatus.Stage stage(String state, String message) throws IOException {
    return json.readValue(
        "{\"state\": \"%s\", \"message\": \"%s\"}".formatted(state, message),
        AckTaskStatus.Stage.class);
  }
}
