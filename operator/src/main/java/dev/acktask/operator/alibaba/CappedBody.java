package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.HttpAnswer.Body;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Keeps at most a fixed number of bytes of a response and hangs up as soon as there are more: the
 * JDK's own body handlers have no limit, so one answer could fill the heap.
 */
final class CappedBody implements BodySubscriber<Body> {
  private final int maxBytes;
  private final CompletableFuture<Body> result = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  CappedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Reads up to {@code maxBytes} of a plain body, and nothing of any other. */
  static BodyHandler<Body> handler(int maxBytes) {
    return response -> {
      CappedBody body = new CappedBody(maxBytes);
      if (isEncoded(response.headers())) {
        body.result.complete(new Body.Encoded());
      } else if (response.headers().firstValueAsLong("content-length").orElse(0) > maxBytes) {
        body.result.complete(new Body.TooLarge());
      }
      return body;
    };
  }

  private static boolean isEncoded(HttpHeaders headers) {
    return headers.allValues("content-encoding").stream()
        .anyMatch(encoding -> !encoding.strip().equalsIgnoreCase("identity"));
  }

  @Override
  public CompletionStage<Body> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription offered) {
    subscription = offered;
    if (result.isDone()) {
      offered.cancel();
    } else {
      offered.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (result.isDone()) {
        return;
      }
      if (buffer.remaining() > maxBytes - received.size()) {
        stop();
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.write(bytes, 0, bytes.length);
    }
  }

  private void stop() {
    received.reset();
    if (subscription != null) {
      subscription.cancel();
    }
    result.complete(new Body.TooLarge());
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(new Body.Complete(received.toString(StandardCharsets.UTF_8)));
  }
}
