package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/** Stores objects, and answers each review of rights with yes: the embedded API has no users. */
final class PermittingDispatcher extends KubernetesCrudDispatcher {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private static final String ALLOWED =
      """
      {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
       "status": {"allowed": true}}
      """;

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    return REVIEWS.equals(request.getPath())
        ? new MockResponse()
            .setResponseCode(201)
            .setHeader("Content-Type", "application/json")
            .setBody(ALLOWED)
        : super.dispatch(request);
  }
}
