package dev.acktask.operator.text;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in command lines: {@code -p X}, {@code -pX}, {@code -u user:X}, {@code echo user:X
 * | chpasswd}. Each search goes a fixed number of characters back, or to the end of one word.
 */
final class CommandLineSecrets {
  /** A range of the text, in UTF-16 units. */
  record Span(int from, int to) {}

  private static final int MOST_BLANKS = 64;
  private static final String PASSWORD_FLAG = "-p";
  private static final String USER_FLAG = "-u";
  private static final Set<String> USER_FLAGS = Set.of(USER_FLAG, "--user", "--proxy-user");

  /** Flags with one dash that are no {@code -p} with its value. */
  private static final List<String> LONG_FLAGS = List.of("-password", "-passwd", "-passphrase");

  /** UTF-16 units of a flag that are read; the longest listed one has 12. */
  private static final int LONGEST_FLAG = 13;

  /** Parts of the names of commands that take a password as {@code -p}. */
  private static final List<String> PASSWORD_COMMANDS =
      List.of("sshpass", "mysql", "mariadb", "login");

  /** UTF-16 units from a command to one of its flags. */
  private static final int LONGEST_COMMAND = 96;

  private static final List<String> PASSWORD_READERS = List.of("chpasswd");
  private static final String ECHO = "echo";

  /** {@code 255.255.255.255:65535:65535/tcp}. */
  private static final int LONGEST_PORTS = 31;

  private final String source;
  private final FoldedText text;
  private final ValueEnds ends;

  CommandLineSecrets(String source, FoldedText text, ValueEnds ends) {
    this.source = source;
    this.text = text;
    this.ends = ends;
  }

  /** True when {@code name} is a flag that a password follows. */
  static boolean isPasswordFlag(String name) {
    return PASSWORD_FLAG.equals(name);
  }

  /** The secret that belongs to the flag in {@code [start, end)}, or null. */
  @Nullable Span secret(int start, int end) {
    if (text.at(start) != '-' || (start > 0 && !text.isBlank(start - 1))) {
      return null;
    }
    String flag = source.substring(start, Math.min(end, start + LONGEST_FLAG));
    if (flag.equals(PASSWORD_FLAG)) {
      int argument = isQuote(end) ? end : text.skipBlanks(end, MOST_BLANKS);
      boolean hasArgument = (isQuote(end) || argument > end) && argument < text.length();
      return hasArgument && isPassword(start, argument) ? value(argument) : null;
    }
    if (USER_FLAGS.contains(flag)) {
      int argument = text.at(end) == '=' ? end + 1 : text.skipBlanks(end, MOST_BLANKS);
      return argument > end ? afterColon(argument) : null;
    }
    if (flag.startsWith(USER_FLAG) && text.at(end) == ':') {
      return afterColon(start + USER_FLAG.length());
    }
    int attached = start + PASSWORD_FLAG.length();
    boolean isAttached =
        flag.startsWith(PASSWORD_FLAG)
            && LONG_FLAGS.stream().noneMatch(flag::startsWith)
            && (ProseSecrets.isRandom(text.written(attached, text.wordEnd(attached)))
                || takesPassword(start));
    return isAttached ? value(attached) : null;
  }

  private boolean isQuote(int index) {
    return text.at(index) == '\'' || text.at(index) == '"';
  }

  private Span value(int start) {
    return new Span(start, ends.of(start, start, SecretNames.Kind.PART));
  }

  /** Commands use {@code -p} for ports, paths and modes as well. */
  private boolean isPassword(int flag, int argument) {
    if (isQuote(argument) || takesPassword(flag)) {
      return true;
    }
    int end = text.wordEnd(argument);
    return !isPortOrPath(argument, end) && ProseSecrets.isRandom(text.written(argument, end));
  }

  private boolean takesPassword(int flag) {
    String before = text.folded(Math.max(0, flag - LONGEST_COMMAND), flag);
    for (String command : PASSWORD_COMMANDS) {
      if (before.contains(command)) {
        return true;
      }
    }
    return false;
  }

  private boolean isPortOrPath(int start, int end) {
    boolean hasProtocol = text.startsWith("/tcp", end - 4) || text.startsWith("/udp", end - 4);
    boolean isPort = isNumeric(start, hasProtocol ? end - 4 : end);
    boolean isPath = text.at(start) == '/' && source.indexOf('/', start + 1, end) > 0;
    return (isPort && end - start <= LONGEST_PORTS) || isPath;
  }

  /** Digits, colons and dots: ports, addresses, or the numbers of a user and its group. */
  private boolean isNumeric(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Character.isDigit(text.at(i)) && text.at(i) != ':' && text.at(i) != '.') {
        return false;
      }
    }
    return true;
  }

  private @Nullable Span afterColon(int start) {
    int end = text.wordEnd(start);
    int colon = source.indexOf(':', start, end);
    return colon < 0 || colon + 1 >= end || isNumeric(start, end)
        ? null
        : new Span(colon + 1, ends.trimmed(colon + 1, end));
  }

  /** What is piped into the command that starts at {@code start}, as {@code user:X}; or null. */
  @Nullable Span piped(int start, int end) {
    if (end - start > LONGEST_FLAG || !PASSWORD_READERS.contains(text.folded(start, end))) {
      return null;
    }
    int first = Math.max(0, start - LONGEST_COMMAND);
    int pipe = start;
    while (pipe > first && text.at(pipe) != '|') {
      pipe--;
    }
    int echo = text.folded(first, pipe).lastIndexOf(ECHO);
    int from = first + Math.max(0, echo);
    int colon = pipe <= first ? -1 : source.indexOf(':', from, pipe);
    if (colon < 0) {
      return null;
    }
    int to = pipe;
    while (to > colon + 1 && text.isBlank(to - 1)) {
      to--;
    }
    return to > colon + 1 ? new Span(colon + 1, to) : null;
  }
}
