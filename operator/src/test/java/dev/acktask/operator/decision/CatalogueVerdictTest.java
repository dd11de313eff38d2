package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Status of a running task after each kind of answer of the fault catalogue. */
final class CatalogueVerdictTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final AckTaskSpec SPEC = spec().include(List.of("Parameters", "Outputs")).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TaskEvaluator evaluator =
      new TaskEvaluator(
          new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5)),
          Redaction.BUILT_IN);
  private AckTaskStatus status = poll(null, body("'state':'running'")).status();

  /** Single quotes stand for double ones; ID for the id of the task. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F1  | {'task_id':'ID','state':'success'} | Succeeded | TaskSucceeded | Observed",
        "F2  | {'task_id':'ID','state':'failed','error':{'code':'X','message':'m'}} | Failed | TaskFailed | Observed",
        "F3  | {'task_id':'ID','state':'fail'} | Failed | TaskFailed | Observed",
        "F4  | {'task_id':'ID','state':'running'} | Running | Running | Observed",
        "F5  | {'task_id':'ID','state':'SUCCESS'} | Unknown | UnrecognizedState | Observed",
        "F5  | {'task_id':'ID','state':''} | Unknown | UnrecognizedState | Observed",
        "F5  | {'task_id':'ID','state':' FAILED '} | Failed | TaskFailed | Observed",
        "F5  | {'task_id':'ID','state':'Canceled'} | Canceled | TaskCanceled | Observed",
        "F5  | {'task_id':'ID','state':'paused'} | Paused | Paused | Observed",
        "F6  | {'task_id':'ID'} | Running | Running | ResponseInvalid",
        "F6  | {'task_id':'ID','state':true} | Running | Running | ResponseInvalid",
        "F6  | {'task_id':'ID','state':['success']} | Running | Running | ResponseInvalid",
        "F7  | {'task_id':'ID','state':'failed','state':'success'} | Running | Running | ResponseInvalid",
        "F8  | {'task_id':'ID','state':'success',} | Running | Running | ResponseInvalid",
        "F9  | {'task_id':'ID','state':'success' | Running | Running | ResponseInvalid",
        "F10 | {'task_id':'ID','state':'success'}{} | Running | Running | ResponseInvalid",
        "F11 | 'success' | Running | Running | ResponseInvalid",
        "F11 | {} | Running | Running | TaskIdMismatch",
        "F12 | {'code':'Throttling.User','message':'m','requestId':'R'} | Running | Running | Throttled",
        "F13 | <html>success</html> | Running | Running | ResponseInvalid",
        "F14 | {'task_id':'T-000000000000000000000b02','state':'success'} | Running | Running | TaskIdMismatch",
        "F14 | {'task_id':'t-000000000000000000000a01','state':'success'} | Running | Running | TaskIdMismatch",
        "F16 | {'task_id':'ID','state':'success','error':{'code':'X'}} | Succeeded | TaskSucceeded | Observed",
        "F16 | {'task_id':'ID','state':'success','task_result':[{'data':'i','status':'failed'}]} | Failed | ResultsFailed | Observed",
        "F16 | {'task_id':'ID','state':'success','task_result':[{'data':'i','status':'initail'},{'name':'n'}]} | Succeeded | TaskSucceeded | Observed",
        "F17 | {'task_id':'ID','state':'running','error':{'code':'400','message':'failed to xxx'}} | Running | Running | Observed",
        "F18 | {'task_id':'ID','state':'failed','error':null} | Failed | TaskFailed | Observed",
        "F22 | {'task_id':'ID','state':'failed','stages':[null,1,{'state':1}]} | Failed | TaskFailed | Observed",
        "F26 | {'task_id':'ID','state':'failed','parameters':{'':1,'$ref':2,'__proto__':3,'kind':'Pod'}} | Failed | TaskFailed | Observed",
        "F27 | {'task_id':'ID','state':'failed','parameters':{'n':1e400,'m':9007199254740993}} | Failed | TaskFailed | Observed",
        "F30 | {'task_id':'ID','state':'failed','created':'0001-01-01T00:00:00Z','updated':1669706229286} | Failed | TaskFailed | Observed",
        "F31 | {'task_id':'ID','state':'failed','created':'2026-01-02T00:00:00Z','updated':'2020-01-01T00:00:00Z'} | Failed | TaskFailed | Observed",
        "F33 | {'task_id':'ID','state':'failed','error':'it broke'} | Failed | TaskFailed | Observed",
      })
  void shouldReachTheVerdictOfTheCatalogue(
      String number, String body, String phase, String reason, String synced) {
    AckTaskStatus next = poll(status, body.replace('\'', '"').replace("ID", TASK_ID)).status();
    assertEquals(phase, next.phase().apiName());
    assertEquals(reason, next.reason());
    assertEquals(synced, SyncState.of(next).reason());
    StatusInvariants.check(next, 1);
  }

  @Test
  @Tag("F20")
  void shouldStayFailedWhenTheCloudReportsSuccessLater() {
    status = poll(status, body("'state':'failed'")).status();
    AckTaskStatus failed = status;
    assertEquals(failed, poll(status, body("'state':'success'")).status());
    assertEquals(failed, poll(status, body("'state':'running'")).status());
  }

  @Test
  @Tag("F19")
  void shouldStaySucceededWhenAReplicaOfTheCloudLags() {
    status = poll(status, body("'state':'success'")).status();
    assertEquals(status, poll(status, body("'state':'running'")).status());
  }

  @Test
  @Tag("F21")
  void shouldIgnoreDetailsOfAnOlderUpdate() {
    status =
        poll(status, body("'state':'running','current_stage':'B','updated':'2026-01-02T03:00:00Z'"))
            .status();
    AckTaskStatus next =
        poll(status, body("'state':'running','current_stage':'A','updated':'2026-01-02T02:00:00Z'"))
            .status();
    assertEquals("B", next.currentStage());
    AckTaskStatus end =
        poll(status, body("'state':'failed','updated':'2026-01-02T02:00:00Z'")).status();
    assertEquals(Phase.FAILED, end.phase(), "an outdated replica never hides a failure");
    assertEquals("2026-01-02T03:00:00Z", end.updatedTime());
  }

  @Test
  @Tag("F24")
  void shouldWriteNothingWhenOnlyTheOrderDiffers() {
    status =
        poll(status, body("'state':'running','stages':[{'state':'a'},{'state':'b'}]")).status();
    assertEquals(
        status,
        poll(status, body("'state':'running','stages':[{'state':'b'},{'state':'a'}]")).status());
  }

  @Test
  @Tag("F25")
  void shouldOmitTooDeepDataAndKeepTheVerdict() {
    String deep = "{'k':".repeat(1_000) + "1" + "}".repeat(1_000);
    AckTaskStatus next = poll(status, body("'state':'failed','parameters':" + deep)).status();
    assertEquals(Phase.FAILED, next.phase());
    assertEquals(1, next.omitted().fields());
  }

  @Test
  @Tag("F34")
  void shouldMaskSecretsInEachField() throws JsonProcessingException {
    String secret = "'password=Canary7secret'";
    AckTaskStatus next =
        poll(
                status,
                body(
                    "'state':'failed','current_stage':S,'error':{'code':S,'message':S},"
                            .replace("S", secret)
                        + "'stages':[{'message':S,'outputs':{'token':'Canary7secret','a':S}}],"
                            .replace("S", secret)
                        + "'events':[{'message':S,'reason':S}],'task_result':[{'data':S}],"
                            .replace("S", secret)
                        + "'parameters':{'login_password':'Canary7secret','deep':{'x':[S]}}"
                            .replace("S", secret)))
            .status();
    assertFalse(JSON.writeValueAsString(next).contains("Canary7secret"));
  }

  @Test
  @Tag("F36")
  void shouldMapARemoteCodeToAFixedReason() {
    AckTaskStatus next =
        evaluator
            .evaluate(
                snapshot(status),
                new Observed(
                    new RecordedAnswer(400, Map.of(), "{\"code\":\"Throttling.User\"}")
                        .readFor(TASK_ID),
                    null,
                    null),
                NOW)
            .status();
    assertEquals("Throttled", SyncState.of(next).reason());
  }

  private Decision poll(AckTaskStatus before, String body) {
    return evaluator.evaluate(
        snapshot(before), new Observed(RecordedAnswer.ok(body).readFor(TASK_ID), null, null), NOW);
  }

  private static AckTaskSnapshot snapshot(AckTaskStatus status) {
    return AckTaskSnapshot.builder("uid", SPEC).status(status).operatorWroteStatus(true).build();
  }

  private static String body(String rest) {
    return ("{'task_id':'" + TASK_ID + "'," + rest + "}").replace('\'', '"');
  }
}
