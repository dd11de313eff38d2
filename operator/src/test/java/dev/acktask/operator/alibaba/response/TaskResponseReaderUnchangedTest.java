package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.alibaba.SimulatedCloud;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An answer counts as unchanged, and is not parsed again, only if all its bytes are equal. */
class TaskResponseReaderUnchangedTest {
  private static final TaskRef TASK = new TaskRef(SampleTask.ID);

  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  void shouldBeUnchangedWhenAllBytesAreEqual() {
    AnswerDigest known = known();
    assertInstanceOf(TaskLookup.Unchanged.class, cloud.client.describe(TASK, known));
  }

  @Test
  void shouldReadTheAnswerWhenOnlyItsLastByteDiffers() {
    AnswerDigest known = known();
    cloud.simulator.answers(SampleTask.ID, Response.json(200, SampleTask.OFFICIAL + " "));
    assertInstanceOf(TaskLookup.Found.class, cloud.client.describe(TASK, known));
  }

  @Test
  void shouldReadTheStateWhenOnlyTheStateDiffers() {
    AnswerDigest known = known();
    cloud.simulator.answers(SampleTask.ID, Response.json(200, SampleTask.inState("failed")));
    TaskLookup.Found found =
        assertInstanceOf(TaskLookup.Found.class, cloud.client.describe(TASK, known));
    assertEquals("failed", found.task().state());
  }

  @Test
  void shouldBeAFailureWhenTheKnownAnswerComesWithAnErrorStatus() {
    AnswerDigest known = known();
    cloud.simulator.answers(SampleTask.ID, Response.json(500, SampleTask.OFFICIAL));
    assertInstanceOf(TaskLookup.Unavailable.class, cloud.client.describe(TASK, known));
  }

  @Test
  void shouldBeAFailureWhenTheKnownAnswerIsCutShort() {
    AnswerDigest known = known();
    cloud.simulator.answers(
        SampleTask.ID,
        Response.json(200, SampleTask.OFFICIAL)
            .cutBodyAfter(SampleTask.OFFICIAL.length() - 2, Ending.CLOSE));
    assertInstanceOf(TaskLookup.Unavailable.class, cloud.client.describe(TASK, known));
  }

  private AnswerDigest known() {
    cloud.simulator.answers(SampleTask.ID, Response.json(200, SampleTask.OFFICIAL));
    TaskLookup.Found first = assertInstanceOf(TaskLookup.Found.class, cloud.client.describe(TASK));
    return first.digest();
  }
}
