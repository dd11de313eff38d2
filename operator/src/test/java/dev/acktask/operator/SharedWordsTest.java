package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SharedWordsTest {
  private final ObjectMapper json = new ObjectMapper().registerModule(new AbridgedTasks());

  @Test
  void shouldHoldAWordOnceWhenTwoObjectsHaveIt() throws IOException {
    assertSame(stage("running", "x").state(), stage("running", "y").state());
  }

  @Test
  void shouldReadWhatIsThereWhenWordsAreManyMoreThanItRemembers() throws IOException {
    for (int word : IntStream.range(0, 10_000).toArray()) {
      AckTaskStatus.Stage stage = stage("s" + word, "m" + word % 7);
      assertEquals("s" + word, stage.state());
      assertEquals("m" + word % 7, stage.message());
    }
  }

  @Test
  void shouldReadNothingWhereThereIsNull() throws IOException {
    assertNull(json.readValue("{\"state\": null}", AckTaskStatus.Stage.class).state());
  }

  private AckTaskStatus.Stage stage(String state, String message) throws IOException {
    return json.readValue(
        "{\"state\": \"%s\", \"message\": \"%s\"}".formatted(state, message),
        AckTaskStatus.Stage.class);
  }
}
