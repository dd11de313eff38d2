package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.alibaba.SimulatedCloud;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An unchanged answer is not read again; only an identical answer counts as unchanged. */
class TaskResponseReaderUnchangedTest {
  private static final TaskRef TASK = new TaskRef(SampleTask.ID);

  private SimulatedCloud wire;

  @BeforeEach
  void open() throws IOException {
    wire = new SimulatedCloud();
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void shouldBeUnchangedWhenTheAnswerIsTheSameByteForByte() {
    AnswerDigest known = known();
    assertInstanceOf(TaskNews.None.class, wire.client.describe(TASK, known));
  }

  @Test
  void shouldReadTheAnswerWhenOnlyItsLastByteDiffers() {
    AnswerDigest known = known();
    wire.cloud.answers(SampleTask.ID, Response.json(200, SampleTask.OFFICIAL + " "));
    assertInstanceOf(TaskLookup.Found.class, wire.client.describe(TASK, known));
  }

  @Test
  void shouldReadTheStateWhenOnlyThatDiffers() {
    AnswerDigest known = known();
    wire.cloud.answers(SampleTask.ID, Response.json(200, SampleTask.inState("failed")));
    TaskLookup.Found found =
        assertInstanceOf(TaskLookup.Found.class, wire.client.describe(TASK, known));
    assertEquals("failed", found.task().state());
  }

  @Test
  void shouldBeAFailureWhenTheKnownAnswerComesWithAnErrorStatus() {
    AnswerDigest known = known();
    wire.cloud.answers(SampleTask.ID, Response.json(500, SampleTask.OFFICIAL));
    assertInstanceOf(TaskLookup.Unavailable.class, wire.client.describe(TASK, known));
  }

  @Test
  void shouldBeAFailureWhenTheKnownAnswerIsCutShort() {
    AnswerDigest known = known();
    wire.cloud.answers(
        SampleTask.ID,
        Response.json(200, SampleTask.OFFICIAL)
            .cutBodyAfter(SampleTask.OFFICIAL.length() - 2, Ending.CLOSE));
    assertInstanceOf(TaskLookup.Unavailable.class, wire.client.describe(TASK, known));
  }

  private AnswerDigest known() {
    wire.cloud.answers(SampleTask.ID, Response.json(200, SampleTask.OFFICIAL));
    TaskLookup.Found first = assertInstanceOf(TaskLookup.Found.class, wire.client.describe(TASK));
    return first.digest();
  }
}
