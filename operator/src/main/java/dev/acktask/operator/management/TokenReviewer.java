package dev.acktask.operator.management;

import dev.acktask.operator.management.MetricsAccess.Answer;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reviews a token with the API server: finds its user, and whether the user may {@code get} {@code
 * /metrics}. Logs a failure once, with its status code or type only, so that the token is never
 * logged.
 */
public final class TokenReviewer implements Function<String, Answer> {
  private static final Logger log = LoggerFactory.getLogger(TokenReviewer.class);
  private static final String PATH = "/metrics";

  private final Supplier<KubernetesClient> kubernetes;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param kubernetes client with a timeout of a few seconds
   */
  public TokenReviewer(Supplier<KubernetesClient> kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  public Answer apply(String token) {
    try {
      Answer answer = review(token);
      failing.set(false);
      return answer;
    } catch (RuntimeException failure) { // also if there is no client
      if (failing.compareAndSet(false, true)) {
        log.warn(
            "The API server does not review tokens ({}), so /metrics answers 503. The operator"
                + " needs the right to create tokenreviews and subjectaccessreviews.",
            cause(failure));
      }
      return Answer.UNAVAILABLE;
    }
  }

  /** Without the message of the exception, which may quote the token. */
  private static String cause(RuntimeException failure) {
    return failure instanceof KubernetesClientException answer && answer.getCode() > 0
        ? "code " + answer.getCode()
        : "no answer, " + failure.getClass().getSimpleName();
  }

  private Answer review(String token) {
    TokenReview review =
        kubernetes
            .get()
            .tokenReviews()
            .create(new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build());
    if (review.getStatus() == null
        || !Boolean.TRUE.equals(review.getStatus().getAuthenticated())
        || review.getStatus().getUser() == null) {
      return Answer.UNAUTHENTICATED;
    }
    return mayRead(review.getStatus().getUser()) ? Answer.ALLOWED : Answer.FORBIDDEN;
  }

  private boolean mayRead(UserInfo user) {
    SubjectAccessReview review =
        kubernetes
            .get()
            .authorization()
            .v1()
            .subjectAccessReview()
            .create(
                new SubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withUser(user.getUsername())
                    .withUid(user.getUid())
                    .withGroups(user.getGroups())
                    .withExtra(user.getExtra())
                    .withNewNonResourceAttributes()
                    .withPath(PATH)
                    .withVerb("get")
                    .endNonResourceAttributes()
                    .endSpec()
                    .build());
    return review.getStatus() != null
        && Boolean.TRUE.equals(review.getStatus().getAllowed())
        && !Boolean.TRUE.equals(review.getStatus().getDenied());
  }
}
