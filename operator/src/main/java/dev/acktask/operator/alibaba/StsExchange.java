package dev.acktask.operator.alibaba;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The vendor library's HTTP client, overheard: the library itself says how a call failed only in
 * exception texts, which hold STS's answer and are shown to nobody.
 */
final class StsExchange extends CompatibleUrlConnClient {
  private int status;
  private @Nullable ErrorBody error;

  @Override
  public HttpResponse syncInvoke(HttpRequest request) {
    HttpResponse response = super.syncInvoke(request);
    status = response.getResponseCode();
    byte[] body = response.getHttpContent();
    error =
        Optional.ofNullable(body)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .flatMap(AnswerDocument::parse)
            .map(AnswerDocument::error)
            .orElse(null);
    return response;
  }

  /** The HTTP status, or 0 when there was no answer. */
  int status() {
    return status;
  }

  /** STS's error object, if it sent one. */
  @Nullable ErrorBody error() {
    return error;
  }
}
