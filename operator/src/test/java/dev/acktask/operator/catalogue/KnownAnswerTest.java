package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.Fingerprint;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.simulator.reply.Delivery.Ending;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer that is known already is not read again; nothing but that very answer is known. */
class KnownAnswerTest {
  private static final TaskRef TASK = new TaskRef(SampleTask.ID);

  private Wire wire;

  @BeforeEach
  void open() throws IOException {
    wire = new Wire();
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void shouldBeNoNewsWhenTheAnswerIsTheSameByteForByte() {
    Fingerprint known = known();
    assertInstanceOf(TaskNews.None.class, wire.client.describe(TASK, known));
  }

  @Test
  void shouldReadTheAnswerWhenOnlyItsLastByteDiffers() {
    Fingerprint known = known();
    wire.cloud.answers(SampleTask.ID, Reply.json(200, SampleTask.OFFICIAL + " "));
    assertInstanceOf(TaskLookup.Found.class, wire.client.describe(TASK, known));
  }

  @Test
  void shouldReadTheStateWhenOnlyThatDiffers() {
    Fingerprint known = known();
    wire.cloud.answers(SampleTask.ID, Reply.json(200, SampleTask.inState("failed")));
    TaskLookup.Found found =
        assertInstanceOf(TaskLookup.Found.class, wire.client.describe(TASK, known));
    assertEquals("failed", found.task().state());
  }

  @Test
  void shouldBeAFailureWhenTheKnownAnswerComesWithAnErrorStatus() {
    Fingerprint known = known();
    wire.cloud.answers(SampleTask.ID, Reply.json(500, SampleTask.OFFICIAL));
    assertInstanceOf(TaskLookup.Unavailable.class, wire.client.describe(TASK, known));
  }

  @Test
  void shouldBeAFailureWhenTheKnownAnswerIsCutShort() {
    Fingerprint known = known();
    wire.cloud.answers(
        SampleTask.ID,
        Reply.json(200, SampleTask.OFFICIAL)
            .cutBodyAfter(SampleTask.OFFICIAL.length() - 2, Ending.CLOSE));
    assertInstanceOf(TaskLookup.Unavailable.class, wire.client.describe(TASK, known));
  }

  private Fingerprint known() {
    wire.cloud.answers(SampleTask.ID, Reply.json(200, SampleTask.OFFICIAL));
    TaskLookup.Found first = assertInstanceOf(TaskLookup.Found.class, wire.client.describe(TASK));
    return first.fingerprint();
  }
}
