package dev.acktask.operator.alibaba.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.acktask.operator.alibaba.HttpAnswer.Body;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Parses the single JSON object of an answer strictly: RFC 8259, nothing before or after it, no
 * repeated name. A repeated {@code state} would be ambiguous, and with it the verdict. Thread-safe.
 */
final class StrictJson {
  /**
   * Bytes above which bodies are parsed one at a time: parsing takes several times the size in
   * memory.
   */
  private static final int LARGE_BODY = 64 * 1024;

  /** Real answers have less than a tenth of these; each name is kept in memory during parsing. */
  private static final int MAX_FIELDS = 10_000;

  /** The size of the body bounds all lengths; {@link JsonDepthLimiter} the nesting. */
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonDepthLimiter.MAX_LEVELS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final ReentrantLock oneLargeAtATime = new ReentrantLock();

  /** Collects the top-level fields of one object. */
  interface Fields {
    /** Reads the value of the field {@code name}: from its first token, the current one, on. */
    void read(String name) throws IOException;
  }

  /**
   * The document in {@code body}; empty if the body is anything else.
   *
   * <p>Malformed UTF-8 is replaced, never dropped, so that a damaged message neither loses the
   * verdict nor moves a quote. The JSON library gets characters: from bytes it would also detect
   * UTF-16 and UTF-32, and skip a byte order mark.
   *
   * @param document creates the empty document that the fields are added to
   */
  <D extends Fields> Optional<D> parse(Body.Complete body, Function<JsonParser, D> document) {
    if (body.size() <= LARGE_BODY) {
      return parseAny(body, document);
    }
    oneLargeAtATime.lock();
    try {
      return parseAny(body, document);
    } finally {
      oneLargeAtATime.unlock();
    }
  }

  private static <D extends Fields> Optional<D> parseAny(
      Body.Complete body, Function<JsonParser, D> document) {
    try {
      if (JsonDepthLimiter.isShallow(body.stream())) {
        return parseShallow(new InputStreamReader(body.stream(), StandardCharsets.UTF_8), document);
      }
      return JsonDepthLimiter.cut(new String(body.stream().readAllBytes(), StandardCharsets.UTF_8))
          .flatMap(text -> parseShallow(new StringReader(text), document));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // all of it is in memory
    }
  }

  private static <D extends Fields> Optional<D> parseShallow(
      Reader text, Function<JsonParser, D> document) {
    try (JsonParser json = STRICT.createParser(text)) {
      D fields = document.apply(json);
      boolean isOneObject = readObject(json, fields) && json.nextToken() == null;
      return isOneObject ? Optional.of(fields) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean readObject(JsonParser json, Fields fields) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    Set<String> names = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (!names.add(name) || names.size() > MAX_FIELDS) {
        return false;
      }
      json.nextToken();
      fields.read(name);
    }
    return true;
  }
}
