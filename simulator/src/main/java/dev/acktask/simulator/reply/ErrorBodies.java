package dev.acktask.simulator.reply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The two shapes in which the cloud words an error. */
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

  static String gateway(String code, String message, String requestId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Code", code)
        .put("Message", message)
        .put("RequestId", requestId)
        .put("HostId", "cs.cn-hangzhou.aliyuncs.com")
        .put("Recommend", "https://api.example/diagnose?requestId=" + requestId)
        .toString();
  }
}
