package dev.acktask.operator.config;

import dev.acktask.operator.text.BoundedText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Checks a label selector by the grammar of the API server, so that a mistake stops the start and
 * not the first list. The comparisons {@code <} and {@code >} are refused: the documentation of
 * Kubernetes does not have them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels
 *     and selectors</a>
 */
final class LabelSelectorParser {
  static final int MAX_LENGTH = 1_024;

  private static final Pattern TOKEN = Pattern.compile("==|!=|[=!(),<>]|[^ \t\r\n=!(),<>]+");
  private static final Set<String> EQUALITY = Set.of("=", "==", "!=");
  private static final Set<String> MEMBERSHIP = Set.of("in", "notin");
  private static final String END = "";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

  private final List<String> tokens;
  private int next;

  /** A selector that the API server would refuse. */
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String text) {
      super(text);
    }
  }

  private LabelSelectorParser(String selector) {
    this.tokens = TOKEN.matcher(selector).results().map(MatchResult::group).toList();
  }

  /**
   * The first mistake in {@code selector}, as a part of a sentence; empty if there is none. The
   * empty selector selects all objects.
   */
  static Optional<String> findFault(String selector) {
    if (selector.length() > MAX_LENGTH) {
      return Optional.of("it is longer than " + MAX_LENGTH + " characters");
    }
    try {
      new LabelSelectorParser(selector).selector();
      return Optional.empty();
    } catch (Fault fault) {
      return Optional.of(String.valueOf(fault.getMessage()));
    }
  }

  private void selector() throws Fault {
    if (tokens.isEmpty()) {
      return;
    }
    requirement();
    while (!peek().equals(END)) {
      expect(",", "a comma");
      requirement();
    }
  }

  private void requirement() throws Fault {
    if (peek().equals("!")) {
      next++;
      key();
      return;
    }
    key();
    String operator = peek();
    if (EQUALITY.contains(operator)) {
      next++;
      if (isWord(peek())) {
        value();
      } else if (!peek().equals(",") && !peek().equals(END)) {
        throw unexpected("a value");
      }
    } else if (MEMBERSHIP.contains(operator)) {
      next++;
      values();
    } else if (!operator.equals(",") && !operator.equals(END)) {
      throw unexpected("=, ==, !=, in, notin or a comma");
    }
  }

  /**
   * Values in parentheses, each of which may be empty. Older API servers refuse an even number of
   * commas before the closing parenthesis, so it is refused for all.
   */
  private void values() throws Fault {
    expect("(", "( and values");
    while (!peek().equals(")")) {
      if (isWord(peek())) {
        value();
        if (!peek().equals(",") && !peek().equals(")")) {
          throw unexpected("a comma or )");
        }
      } else {
        expect(",", "a value or )");
        if (peek().equals(",")) {
          next++;
          if (peek().equals(")")) {
            throw unexpected("a value");
          }
        }
      }
    }
    next++;
  }

  private void key() throws Fault {
    String key = peek();
    if (!isWord(key)) {
      throw unexpected("the name of a label");
    }
    next++;
    int slash = key.indexOf('/');
    boolean isValid =
        NAME.matcher(key.substring(slash + 1)).matches()
            && (slash < 0 || ConfigParser.SUBDOMAIN.matcher(key.substring(0, slash)).matches());
    if (!isValid) {
      throw new Fault(BoundedText.quoted(key) + " is not the name of a label");
    }
  }

  private void value() throws Fault {
    String value = peek();
    next++;
    if (!NAME.matcher(value).matches()) {
      throw new Fault(BoundedText.quoted(value) + " is not the value of a label");
    }
  }

  private void expect(String token, String expected) throws Fault {
    if (!peek().equals(token)) {
      throw unexpected(expected);
    }
    next++;
  }

  private Fault unexpected(String expected) {
    String found = peek().equals(END) ? "the end" : BoundedText.quoted(peek());
    return new Fault(expected + " is expected in place of " + found);
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  private static boolean isWord(String token) {
    return !token.equals(END) && "=!(),<>".indexOf(token.charAt(0)) < 0;
  }
}
