package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;

/** The two outcomes of parsing. */
public final class ParsedAssertions {
  private ParsedAssertions() {}

  /** The value of {@code parsed}, which must be valid. */
  public static <T> T assertValid(Parsed<T> parsed) {
    List<String> problems = new ArrayList<>();
    T value = parsed.orReport(problems::add);
    assertNotNull(value, problems::toString);
    return value;
  }

  /** The problems of {@code parsed}, which must be invalid. */
  public static List<String> assertInvalid(Parsed<?> parsed) {
    List<String> problems = new ArrayList<>();
    assertNull(parsed.orReport(problems::add), parsed::toString);
    assertFalse(problems.isEmpty(), parsed::toString);
    return problems;
  }
}
