package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** The context of a reconcile, of which only the retry is used. */
record RetryContext(RetryInfo retry) {
  @SuppressWarnings("unchecked")
  Context<AckTask> get() {
    return (Context<AckTask>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getRetryInfo")) {
                return Optional.ofNullable(retry);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
