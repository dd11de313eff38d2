package dev.acktask.simulator.response;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The two JSON formats of errors of the cloud. */
final class ErrorBodies {
  private ErrorBodies() {}

  static String containerService(int status, String code, String message, String requestId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("message", message)
        .put("requestId", requestId)
        .put("status", status)
        .toString();
  }

  static String gateway(String host, String code, String message, String requestId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Code", code)
        .put("Message", message)
        .put("RequestId", requestId)
        .put("HostId", host)
        .put("Recommend", "https://api.example/diagnose?requestId=" + requestId)
        .toString();
  }
}
