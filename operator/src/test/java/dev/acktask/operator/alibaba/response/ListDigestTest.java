package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.alibaba.HttpAnswer.Body;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListDigestTest {
  private static final String TASK = "{\"task_id\":\"T-1\",\"state\":\"running\"}";
  private static final long SEED = 20_260_102L;
  private static final int MUTATIONS = 20_000;

  private final ListResponseReader reader = new ListResponseReader(InstantSource.system());

  @Test
  void shouldBeTheSameForAnotherRequestId() {
    assertEquals(digest(page("R-1", TASK)), digest(page("7F8A-0001", TASK)));
    assertEquals(digest(page("", TASK)), digest(page("R-1", TASK)));
  }

  @Test
  void shouldDifferForAnotherTask() {
    assertNotEquals(digest(page("R-1", TASK)), digest(page("R-1", TASK.replace("T-1", "T-2"))));
  }

  /** The id of one answer is what another one has around it. */
  @Test
  void shouldDifferWhereTheSameBytesAreDividedInAnotherWay() {
    assertNotEquals(
        digest("{\"requestId\":\"\",\"requestId\":\"\",\"tasks\":[]}"),
        digest("{\"requestId\":\"\",\"tasks\":[]}"));
    assertNotEquals(digest("{\"a\":\"b\"}"), digest("{\"requestId\":\"x\",\"a\":\"b\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R-1\\\",\\\"tasks\\\":[]", // as it would end the string without the backslash
        "R 1",
        "R\u00e9",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void shouldDifferForAnIdThatIsNone(String id) {
    assertNotEquals(digest(page("R-1", TASK)), digest(page(id, TASK)));
  }

  @Test
  void shouldDifferWhereTheIdIsNoText() {
    assertNotEquals(
        digest("{\"requestId\":1,\"tasks\":[]}"), digest("{\"requestId\":2,\"tasks\":[]}"));
  }

  @ParameterizedTest
  @CsvSource({"500", "404", "302", "204"})
  void shouldBeAbsentForAnAnswerThatIsNoSuccess(int status) {
    assertTrue(ListDigest.of(answer(status, page("R-1", TASK))).isEmpty());
  }

  @Test
  void shouldBeAbsentForALargeAnswer() {
    assertTrue(ListDigest.of(answer(200, " ".repeat(ListDigest.MAX_SIZE + 1))).isEmpty());
    assertTrue(ListDigest.of(answer(200, " ".repeat(ListDigest.MAX_SIZE))).isPresent());
    assertTrue(ListDigest.of(new HttpAnswer(200, HttpFields.EMPTY, new Body.TooLarge())).isEmpty());
  }

  @Test
  void shouldReturnTheKnownPageForTheSameAnswer() {
    ListPage<ListedTask> known = read(page("R-1", TASK)).orElseThrow();

    assertSame(known, reread(page("R-2", TASK), known).orElseThrow());
    assertNotEquals(known, reread(page("R-2", TASK + "," + TASK), known).orElseThrow());
  }

  @Test
  void shouldParseAnAnswerWithTheDigestOfNoPage() {
    ListPage<ListedTask> known = read(page("R-1", TASK)).orElseThrow();

    assertTrue(reread("{\"requestId\":\"R-1\"}", known).isEmpty());
  }

  /** Whatever a mutation does, the same digest means the same page. */
  @Test
  void shouldHaveTheSamePageWhereTheDigestIsTheSame() {
    // given
    Random random = new Random(SEED);
    String first = page("R-1", TASK + ",{\"requestId\":\"x\",\"task_id\":\"T-2\"}");
    ListPage<ListedTask> known = read(first).orElseThrow();
    int same = 0;

    // when
    for (int i = 0; i < MUTATIONS; i++) {
      String mutated = mutated(first, random);
      boolean isSame = digest(mutated).equals(digest(first));
      same += isSame && !mutated.equals(first) ? 1 : 0;

      // then
      assertTrue(!isSame || read(mutated).equals(Optional.of(known)), () -> SEED + ": " + mutated);
    }
    assertTrue(same > 0, "no mutation of the id");
  }

  private static String mutated(String json, Random random) {
    String characters = "\"\\{}[],:-0aT \n\u00e9";
    StringBuilder text = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length() / 2);
      char other = characters.charAt(random.nextInt(characters.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, other);
        case 1 -> text.deleteCharAt(at);
        default -> text.setCharAt(at, other);
      }
    }
    return text.toString();
  }

  private Optional<ListPage<ListedTask>> read(String json) {
    return page(reader.read(answer(200, json), ListFormat.tasks("c1")));
  }

  private Optional<ListPage<ListedTask>> reread(String json, ListPage<ListedTask> known) {
    return page(reader.read(answer(200, json), ListFormat.tasks("c1"), known));
  }

  private static Optional<ListPage<ListedTask>> page(Listing<ListedTask> listing) {
    return listing instanceof Listing.Listed<ListedTask> listed
        ? Optional.of(listed.page())
        : Optional.empty();
  }

  private static AnswerDigest digest(String json) {
    return ListDigest.of(answer(200, json)).orElseThrow();
  }

  private static HttpAnswer answer(int status, String json) {
    return new HttpAnswer(status, HttpFields.EMPTY, Body.Complete.of(json));
  }

  private static String page(String requestId, String tasks) {
    return "{\"requestId\":\"" + requestId + "\",\"tasks\":[" + tasks + "]}";
  }
}
