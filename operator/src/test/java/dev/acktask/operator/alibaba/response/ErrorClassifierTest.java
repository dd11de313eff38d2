package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classification of error answers, by code, then by message, then by HTTP status. */
final class ErrorClassifierTest {
  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "400, Throttling, THROTTLED",
    "400, Throttling.User, THROTTLED",
    "400, Throttling.Api, THROTTLED",
    "503, Rejected.Throttling, THROTTLED",
    "200, Throttling.User, THROTTLED",
    "429, Whatever, THROTTLED",
    "503, ServiceUnavailable, API_UNAVAILABLE",
    "400, ServiceUnavailable, API_UNAVAILABLE",
    "500, InternalError, API_UNAVAILABLE",
    "502, 502, API_UNAVAILABLE",
    "400, ErrorTaskNotFound, NOT_FOUND",
    "404, Task.NotFound, NOT_FOUND",
    "404, ErrorClusterNotFound, NOT_FOUND",
    "404, ErrorNodePoolNotFound, NOT_FOUND",
    "404, SomethingElse, RESPONSE_INVALID",
    "404, 404, RESPONSE_INVALID",
    "404, NotFound, RESPONSE_INVALID",
    "404, task.notfound, RESPONSE_INVALID",
    "404, Forbidden.InstanceNotFound, FORBIDDEN",
    "403, Forbidden, FORBIDDEN",
    "400, Forbidden.NotSupportRAM, FORBIDDEN",
    "400, Forbidden.RiskControl, FORBIDDEN",
    "403, Forbidden.AccessKeyDisabled, UNAUTHORIZED",
    "400, NoPermission.ServiceLinkedRole, FORBIDDEN",
    "400, ActionUnauthorized, FORBIDDEN",
    "400, RealNameAuthenticationError, FORBIDDEN",
    "400, MissingAccessKeyId, UNAUTHORIZED",
    "400, IncompleteSignature, UNAUTHORIZED",
    "400, InvalidSignatureMethod, UNAUTHORIZED",
    "400, MissingSecurityToken, UNAUTHORIZED",
    "400, InvalidSecurityToken.MismatchWithAccessKey, UNAUTHORIZED",
    "400, IllegalTimestamp, CLOCK_SKEW",
    "400, InvalidTimeStamp.Format, CLOCK_SKEW",
    "400, InvalidTimestamp.Expired, CLOCK_SKEW",
    "404, InvalidApi.NotFound, INVALID_REQUEST",
    "404, InvalidProduct.NotFound, INVALID_REQUEST",
    "404, InvalidVersion.NotFound, INVALID_REQUEST",
    "404, NoSuchVersion, INVALID_REQUEST",
    "404, InvalidRegion.NotFound, INVALID_REQUEST",
    "404, InvalidProtocol.NeedSsl, INVALID_REQUEST",
    "403, UnsupportedHTTPMethod, INVALID_REQUEST",
    "404, UnsupportedOperation, INVALID_REQUEST",
    "400, ServiceUnavailableTemporary, API_UNAVAILABLE",
    "400, SerivceUnavailableTemporary, API_UNAVAILABLE",
    "400, InternalError, API_UNAVAILABLE",
    "400, InternalFailure, API_UNAVAILABLE",
    "400, UnknownError, API_UNAVAILABLE",
    "400, MissingParameter, INVALID_REQUEST",
    "400, InsufficientBalance, INVALID_REQUEST",
    "404, InvalidAccessKeyId.NotFound, UNAUTHORIZED",
    "404, InvalidAccessKeyId.Inactive, UNAUTHORIZED",
    "404, InvalidAction.NotFound, INVALID_REQUEST",
    "400, SignatureDoesNotMatch, UNAUTHORIZED",
    "400, InvalidSecurityToken.Expired, UNAUTHORIZED",
    "400, InvalidSecurityToken.Malformed, UNAUTHORIZED",
    "400, InvalidTimeStamp.Expired, CLOCK_SKEW",
    "400, SignatureNonceUsed, CLOCK_SKEW",
    "403, StatusForbidden, FORBIDDEN",
    "400, StatusForbidden, FORBIDDEN",
    "403, Forbidden.RAM, FORBIDDEN",
    "400, NoPermission, FORBIDDEN",
    "400, ErrorCheckAcl, FORBIDDEN",
    "401, Whatever, UNAUTHORIZED",
    "403, Whatever, FORBIDDEN",
    "400, Whatever, INVALID_REQUEST",
    "400, 400, INVALID_REQUEST",
    "422, Whatever, INVALID_REQUEST",
    "302, Whatever, RESPONSE_INVALID",
    "204, Whatever, RESPONSE_INVALID",
    "302, StatusForbidden, FORBIDDEN"
  })
  void shouldClassifyByTheCodeOfTheProduct(int status, String code, String expected) {
    String body = "{\"code\":\"%s\",\"message\":\"m\",\"requestId\":\"R-1\"}".formatted(code);

    TaskLookup lookup = Answer.of(status, body).read();

    assertEquals(expected, kind(lookup));
    assertEquals("R-1", LookupAssertions.requestId(lookup));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "400, Throttling.User, THROTTLED",
    "404, InvalidAccessKeyId.NotFound, UNAUTHORIZED",
    "404, InvalidAction.NotFound, INVALID_REQUEST",
    "404, InvalidProduct, INVALID_REQUEST",
    "403, Whatever, FORBIDDEN"
  })
  void shouldClassifyByTheCodeOfTheGateway(int status, String code, String expected) {
    String body = "{\"Code\":\"%s\",\"Message\":\"m\",\"RequestId\":\"R-2\"}".formatted(code);

    TaskLookup lookup = Answer.of(status, body).read();

    assertEquals(expected, kind(lookup));
    assertEquals("R-2", LookupAssertions.requestId(lookup));
  }

  @ParameterizedTest(name = "{0} [{1}] is {2}")
  @CsvSource({
    "400, '', INVALID_REQUEST",
    "401, '', UNAUTHORIZED",
    "403, '', FORBIDDEN",
    "404, '', RESPONSE_INVALID",
    "404, '<html>not found</html>', RESPONSE_INVALID",
    "404, '{\"status\":404,\"error\":\"Not Found\"}', RESPONSE_INVALID",
    "404, '{\"code\":\"x\"', RESPONSE_INVALID",
    "404, '{\"code\":{}}', RESPONSE_INVALID",
    "429, '', THROTTLED",
    "429, '<html>', THROTTLED",
    "500, '<html>', API_UNAVAILABLE",
    "504, '', API_UNAVAILABLE",
    "599, '', API_UNAVAILABLE",
    "201, '{}', RESPONSE_INVALID",
    "204, '', RESPONSE_INVALID",
    "206, '{}', RESPONSE_INVALID",
    "304, '', RESPONSE_INVALID",
    "600, '', RESPONSE_INVALID"
  })
  void shouldClassifyByTheStatusWhenThereIsNoCode(int status, String body, String expected) {
    assertEquals(expected, kind(Answer.of(status, body).read()));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, 'the task T-5faa48fb31b6b8078d000006 not found', NOT_FOUND",
    "400, 400, ' The  Task T-5faa48fb31b6b8078d000006 was Not Found.', NOT_FOUND",
    "404, 404, 'task T-5faa48fb31b6b8078d000006 not found', NOT_FOUND",
    "200, 400, 'the task T-5faa48fb31b6b8078d000006 not found', NOT_FOUND",
    "500, 400, 'the task T-5faa48fb31b6b8078d000006 not found', API_UNAVAILABLE",
    "400, 400, 'the task T-1 not found', INVALID_REQUEST",
    "404, 404, 'the task T-1 not found', RESPONSE_INVALID",
    "404, 404, 'the task t-5faa48fb31b6b8078d000006 not found', RESPONSE_INVALID",
    "404, 404, 'the task not found', RESPONSE_INVALID",
    "404, 404, 'T-5faa48fb31b6b8078d000006 not found', RESPONSE_INVALID",
    "404, 404, 'a route for task T-5faa48fb31b6b8078d000006 not found', RESPONSE_INVALID",
    "404, 404, 'the task T-5faa48fb31b6b8078d000006 not found on this server', RESPONSE_INVALID",
    "404, NOT_FOUND, 'the task T-5faa48fb31b6b8078d000006 not found', RESPONSE_INVALID",
    "400, 400, 'the cluster c1 not found', INVALID_REQUEST"
  })
  void shouldAcceptOnlyTheNotFoundMessageOfThePolledTask(
      int status, String code, String message, String expected) {
    String body = "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"status\":400}";

    assertEquals(expected, kind(Answer.of(status, body).read()));
  }

  @Test
  void shouldAcceptANumericCode() {
    String body = "{\"code\":400,\"message\":\"the task " + SampleTask.ID + " not found\"}";

    assertEquals("NOT_FOUND", kind(Answer.of(400, body).read()));
  }

  @Test
  void shouldNotFindANotFoundMessageInALongOne() {
    String message = "the cluster of node pool " + "np".repeat(200) + " is locked";
    String body = "{\"code\":\"400\",\"message\":\"" + message + "\"}";

    assertEquals("INVALID_REQUEST", kind(Answer.of(400, body).read()));
  }

  @Test
  void shouldNotFindANotFoundMessageInAGatewayError() {
    String body = "{\"Code\":\"404\",\"Message\":\"the task " + SampleTask.ID + " not found\"}";

    assertEquals("RESPONSE_INVALID", kind(Answer.of(404, body).read()));
  }

  @ParameterizedTest
  @CsvSource({
    "'The input parameter \"SecurityToken\" is mandatory', UNAUTHORIZED",
    "'The input parameter \"AccessKeyId\" that is mandatory is not supplied', UNAUTHORIZED",
    "'The input parameter \"Version\" that is mandatory is not supplied', INVALID_REQUEST"
  })
  void shouldClassifyByTheMissingParameter(String message, String expected) {
    String body =
        "{\"Code\":\"MissingParameter\",\"Message\":\"%s\"}"
            .formatted(message.replace("\"", "\\\""));

    assertEquals(expected, kind(Answer.of(400, body).read()));
  }

  private static String kind(TaskLookup lookup) {
    return switch (lookup) {
      case TaskLookup.Found found -> "FOUND";
      case TaskLookup.Unchanged unchanged -> "UNCHANGED";
      case NotFound notFound -> "NOT_FOUND";
      case Throttled throttled -> "THROTTLED";
      case Rejected rejected -> rejected.cause().name();
      case Unavailable unavailable -> unavailable.cause().name();
    };
  }
}
