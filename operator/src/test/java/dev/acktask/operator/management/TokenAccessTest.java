package dev.acktask.operator.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.management.MetricsAccess.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenAccessTest {
  private final List<String> reviewed = new ArrayList<>();
  private final Deque<Runnable> releases = new ArrayDeque<>();
  private Answer answer = Answer.ALLOWED;
  private long now;
  private final TokenAccess access =
      new TokenAccess(
          token -> {
            reviewed.add(token);
            return answer;
          },
          () -> now,
          releases::add);

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Basic dXNlcjp4", "Bearer a b", "Bearer a\u00e9"})
  void shouldRequireAToken(String authorization) {
    assertEquals(Answer.UNAUTHENTICATED, access.check(authorization));
    assertEquals(List.of(), reviewed);
  }

  @Test
  void shouldRememberAnAcceptedTokenForAMinuteOnly() {
    // given
    assertEquals(Answer.ALLOWED, access.check("Bearer one"));
    answer = Answer.FORBIDDEN;

    // when
    now += TokenAccess.CACHE_TTL.toNanos() - 1;

    // then
    assertEquals(Answer.ALLOWED, access.check("bearer one"));

    // when
    now++;

    // then
    assertEquals(Answer.FORBIDDEN, access.check("Bearer one"));
    assertEquals(List.of("one", "one"), reviewed);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOWED")
  void shouldReviewARefusedTokenAgain(Answer refused) {
    answer = refused;
    assertEquals(refused, access.check("Bearer one"));
    answer = Answer.ALLOWED;
    assertEquals(Answer.ALLOWED, access.check("Bearer one"));
  }

  @Test
  void shouldReviewNoMoreThanAFewRefusedTokensPerPause() {
    answer = Answer.UNAUTHENTICATED;
    for (int i = 0; i < TokenAccess.MAX_CONCURRENT_REVIEWS; i++) {
      assertEquals(Answer.UNAUTHENTICATED, access.check("Bearer t" + i));
    }
    assertEquals(Answer.UNAVAILABLE, access.check("Bearer one"));
    assertEquals(List.of("t0", "t1"), reviewed);

    releases.remove().run();
    assertEquals(Answer.UNAUTHENTICATED, access.check("Bearer one"));
  }

  @Test
  void shouldNotWaitBetweenTokensThatAreAccepted() {
    for (int i = 0; i <= TokenAccess.MAX_CONCURRENT_REVIEWS; i++) {
      assertEquals(Answer.ALLOWED, access.check("Bearer t" + i));
    }
  }

  @Test
  void shouldNotGrantOneTokenTheAccessOfAnother() {
    access.check("Bearer one");
    answer = Answer.FORBIDDEN;
    assertEquals(Answer.FORBIDDEN, access.check("Bearer two"));
  }

  @Test
  void shouldForgetTheOldestBeyondTheLimit() {
    for (int i = 0; i <= TokenAccess.MAX_CACHED_TOKENS; i++) {
      access.check("Bearer t" + i);
    }
    reviewed.clear();
    access.check("Bearer t1");
    access.check("Bearer t0");
    assertEquals(List.of("t0"), reviewed);
  }

  @Test
  void shouldPrintNoCredentials() {
    assertFalse(new RequestHeaders("text/plain", "Bearer one").toString().contains("one"));
  }
}
