package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the top-level fields that any answer may have: those of an error, and the request's. */
final class CommonFields {
  private final JsonParser json;
  private final Map<String, String> scalars = new HashMap<>();

  CommonFields(JsonParser json) {
    this.json = json;
  }

  /** Reads the value of the field {@code name}, and skips that of another one. */
  void read(String name) throws IOException {
    switch (name) {
      case "code", "Code", "message", "Message", "requestId", "RequestId" -> {
        if (json.currentToken() == JsonToken.VALUE_STRING || json.currentToken().isNumeric()) {
          scalars.put(name, json.getText().strip());
        }
      }
      default -> {}
    }
    json.skipChildren();
  }

  /** The answer as an error object; null if it has no code. */
  @Nullable ErrorBody error() {
    String code = scalars.getOrDefault("code", "");
    boolean isFromProduct = !code.isEmpty();
    if (!isFromProduct) {
      code = scalars.getOrDefault("Code", "");
    }
    String message = scalars.getOrDefault("message", scalars.get("Message"));
    return code.isEmpty() ? null : new ErrorBody(code, message, isFromProduct);
  }

  /** The cloud's id of the request, unchecked. */
  @Nullable String requestId() {
    return scalars.getOrDefault("requestId", scalars.get("RequestId"));
  }
}
