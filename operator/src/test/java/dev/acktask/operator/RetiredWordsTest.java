package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Identifiers and comments use the field's words, one for each thing. */
final class RetiredWordsTest {
  /** Instead: poll, reconcile, reported, observed, in the status, reserved, failure, timeout, … */
  private static final Set<String> WORDS =
      Set.of(
          "look",
          "looks",
          "looked",
          "visit",
          "visits",
          "visited",
          "told",
          "tell",
          "tells",
          "seen",
          "shown",
          "promise",
          "promised",
          "mend",
          "mends",
          "mended",
          "anew",
          "stumble",
          "stumbles",
          "stumbled",
          "patience",
          "whoever",
          "nobody");

  private static final Pattern PHRASES =
      Pattern.compile(
          "\\b(?:at rest|for ever|as a rule|of (?:its|their) own|belongs? into|settled answer"
              + "|a person has to act|(?:the )?cloud's (?:own )?word)\\b");

  private static final Pattern LITERALS =
      Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

  /** Methods that override those of a visitor of the JDK, and the callbacks of Jetty. */
  private static final Pattern OF_LIBRARIES =
      Pattern.compile(
          "\\bvisit[A-Z]\\w*\\(|\\bPromise\\b|\\b(?:CONNECTION_)?PROMISE_CONTEXT_KEY\\b");

  /** A name that users of the API know. */
  private static final Pattern OF_THE_API = Pattern.compile("\\bfirstSeenTime\\b");

  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");

  @Test
  void shouldUseNoRetiredWordInIdentifiersAndComments() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      String code = withoutLiterals(Files.readString(source));
      String name = source.getFileName().toString();
      retired(code).forEach(word -> found.add(name + ": " + word));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void shouldFindRetiredWordsInIdentifiersAndComments() {
    assertEquals(
        Set.of("look", "told", "at rest"),
        retired("/** At  rest. */ int firstLook; String TOLD_AGAIN; TaskLookup lookup; tellurium"));
    assertEquals(Set.of(), retired(withoutLiterals("String text = \"look \\\" told\";")));
  }

  private static Set<String> retired(String code) {
    Set<String> found =
        WORD.matcher(OF_THE_API.matcher(OF_LIBRARIES.matcher(code).replaceAll("(")).replaceAll(""))
            .results()
            .map(word -> word.group().toLowerCase(Locale.ROOT))
            .filter(WORDS::contains)
            .collect(Collectors.toSet());
    String prose = code.replaceAll("[\\s*]+", " ").toLowerCase(Locale.ROOT);
    Matcher phrase = PHRASES.matcher(prose);
    while (phrase.find()) {
      found.add(phrase.group());
    }
    return found;
  }

  private static String withoutLiterals(String code) {
    return LITERALS.matcher(code).replaceAll("\"\"");
  }

  /** All sources but this one, which lists the words. */
  private static List<Path> sources() {
    return Stream.of("src/main/java", "src/test/java")
        .flatMap(directory -> Sources.in(directory).stream())
        .filter(source -> !source.endsWith("RetiredWordsTest.java"))
        .toList();
  }
}
