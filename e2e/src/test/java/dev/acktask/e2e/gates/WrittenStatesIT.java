package dev.acktask.e2e.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Kstatus;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the libraries of kstatus conclude from the statuses that the operator writes. */
@OnControlPlane
@WithGatingTools
class WrittenStatesIT {

  @Test
  void shouldBeReadByKstatusAsDocumented(ControlPlane controlPlane, GatingTools tools) {
    // given
    Map<WrittenState, JsonNode> objects;
    try (WrittenStates states = WrittenStates.start(controlPlane)) {
      objects = states.objects();
    }

    // when
    Map<WrittenState, KstatusProgram.Answer> answers = new KstatusProgram(tools).read(objects);

    // then
    Map<WrittenState, String> expected = new EnumMap<>(WrittenState.class);
    Map<WrittenState, String> read = new EnumMap<>(WrittenState.class);
    answers.forEach(
        (state, answer) -> {
          expected.put(state, state.kstatus());
          read.put(state, answer.flux().status());
          assertEquals(answer.flux().status(), answer.sigs().status(), state::toString);
          assertEquals(answer.flux().status(), Kstatus.of(objects.get(state)).printed());
        });
    assertEquals(expected, read);
  }
}
