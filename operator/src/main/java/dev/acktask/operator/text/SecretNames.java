package dev.acktask.operator.text;

import static dev.acktask.operator.text.SecretNames.Kind.HEADER;
import static dev.acktask.operator.text.SecretNames.Kind.LINK;
import static dev.acktask.operator.text.SecretNames.Kind.PART;
import static dev.acktask.operator.text.SecretNames.Kind.PASSWORD;
import static dev.acktask.operator.text.SecretNames.Kind.SPOKEN;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Names whose values are secrets, as a table. The words are those that secret scanners
 * (detect-secrets, gitleaks) search for, and those of ACK, Kubernetes and connection strings.
 */
final class SecretNames {
  /** How the value of a name may follow it; the strongest first. */
  enum Kind {
    /** As in a header, the value extends to the end of the line. */
    HEADER,
    /** A sentence may carry the value. */
    PASSWORD,
    /** As {@link #PASSWORD}, but a sentence carries the value only if that is random. */
    SPOKEN,
    /** The value follows a separator. */
    PART,
    /** As {@link #PART}, but in messages also the subject of what a colon announces. */
    LINK
  }

  /**
   * Names of one kind.
   *
   * @param isWhole whether they are whole words of a name, because harmless words contain them;
   *     others are parts of a name, compared without separators and case
   */
  record Row(Kind kind, boolean isWhole, String reason, Set<String> names) {
    private static Row of(Kind kind, String reason, String names) {
      return new Row(kind, false, reason, Set.of(names.split(" ", -1)));
    }

    private static Row words(Kind kind, String reason, String names) {
      return new Row(kind, true, reason, Set.of(names.split(" ", -1)));
    }
  }

  private record Part(String name, Kind kind) {}

  private static final int ASCII = 0x80;

  /** Of the rows that match one name, the one with the strongest kind counts. */
  static final List<Row> TABLE =
      List.of(
          Row.of(HEADER, "HTTP headers that carry credentials", "authorization cookie"),
          Row.of(
              PASSWORD,
              "passwords",
              "password passwd pwd passphrase passcode passwort kennwort motdepasse contrasena"
                  + " contrase\u00f1a senha \u043f\u0430\u0440\u043e\u043b\u044c"),
          Row.words(PASSWORD, "passwords, short", "pw passe"),
          Row.words(SPOKEN, "passwords, and what has passed", "pass otp"),
          Row.of(
              SPOKEN,
              "tokens, secrets and keys",
              "secret token credential apikey accesskey secretkey privatekey"),
          Row.words(
              PART,
              "tokens, secrets and keys, short",
              "auth oauth jwt sk ak sas sig cred creds session sid csrf xsrf hmac"),
          Row.of(
              PART,
              "keys by their use",
              "authkey appkey clientkey servicekey accountkey sharedkey masterkey encryptionkey"
                  + " signingkey sshkey tlskey hostkey dbkey databasekey privkey keydata keypair"
                  + " keypass keystore keytab signature"),
          Row.words(PART, "key files", "pem pfx p12 pkcs12 jks ppk"),
          Row.of(PART, "files that hold credentials", "kubeconfig dockerconfig netrc"),
          Row.of(PART, "connection strings", "connectionstring connstr jdbc"),
          Row.of(LINK, "addresses that hold a token", "webhook"),
          Row.words(PART, "connection strings, short", "dsn"),
          Row.of(PART, "start scripts of machines", "userdata customdata cloudinit cloudconfig"),
          Row.words(PART, "scripts", "script scripts"));

  /** The names of the table that are parts, by their first character. */
  private static final Map<Character, List<Part>> PARTS =
      TABLE.stream()
          .filter(row -> !row.isWhole())
          .flatMap(row -> row.names().stream().map(name -> new Part(name, row.kind())))
          .collect(Collectors.groupingBy(part -> part.name().charAt(0)));

  /** The same for ASCII, where a list is found without a search. */
  private static final List<List<Part>> ASCII_PARTS =
      IntStream.range(0, ASCII).mapToObj(c -> PARTS.getOrDefault((char) c, List.of())).toList();

  private static final Map<String, Kind> WORDS =
      TABLE.stream()
          .filter(Row::isWhole)
          .flatMap(row -> row.names().stream().map(name -> new Part(name, row.kind())))
          .collect(Collectors.toMap(Part::name, Part::kind));

  /** Ends of names, without separators: {@code rootpass}. */
  private static final List<String> SUFFIXES = List.of("pass", "pw");

  /** Words that end in the same way. */
  private static final List<String> OTHER_SUFFIXES =
      List.of("bypass", "compass", "trespass", "surpass", "overpass", "underpass");

  private final List<String> configured;

  /**
   * @param configured parts of further names, in any case; compared as they are written
   */
  SecretNames(Collection<String> configured) {
    this.configured = configured.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
  }

  /** The kind of secret that {@code name} announces, or null when it announces none. */
  @Nullable Kind kind(String name) {
    if (name.length() < 2) {
      return null;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (!configured.isEmpty() && configured.stream().anyMatch(lower::contains)) {
      return PART;
    }
    Kind part = part(squeezed(lower));
    if (part != null) {
      return part;
    }
    Kind word = isOneWord(name) ? WORDS.get(name) : word(name);
    if (word != null) {
      return word;
    }
    if (isSuffixed(lower)) {
      return PART;
    }
    return CjkSecretNames.isPartOf(lower) ? PASSWORD : null;
  }

  private static @Nullable Kind word(String name) {
    Kind strongest = null;
    for (String word : words(name)) {
      Kind kind = WORDS.get(word);
      boolean isStronger = kind != null && (strongest == null || kind.compareTo(strongest) < 0);
      strongest = isStronger ? kind : strongest;
    }
    return strongest;
  }

  private static boolean isSuffixed(String lower) {
    return endsWithOneOf(lower, SUFFIXES) && !endsWithOneOf(lower, OTHER_SUFFIXES);
  }

  private static boolean endsWithOneOf(String lower, List<String> suffixes) {
    for (String suffix : suffixes) {
      if (lower.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }

  /** The strongest kind of the parts of a name, or null. */
  private static @Nullable Kind part(String squeezed) {
    Kind strongest = null;
    for (int i = 0; i < squeezed.length(); i++) {
      char c = squeezed.charAt(i);
      List<Part> parts = c < ASCII ? ASCII_PARTS.get(c) : PARTS.getOrDefault(c, List.of());
      for (Part part : parts) {
        boolean isStronger = strongest == null || part.kind().compareTo(strongest) < 0;
        if (isStronger && squeezed.startsWith(part.name(), i)) {
          strongest = part.kind();
        }
      }
    }
    return strongest;
  }

  private static boolean isOneWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < 'a' || name.charAt(i) > 'z') {
        return false;
      }
    }
    return true;
  }

  /** {@code DB-Pass.word} as {@code dbpassword}. */
  private static String squeezed(String lower) {
    StringBuilder letters = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      if (Character.isLetterOrDigit(lower.charAt(i))) {
        letters.append(lower.charAt(i));
      }
    }
    return letters.toString();
  }

  /** {@code dbPass_KEY2} as {@code db, pass, key2}. */
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean separates = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
      boolean turns =
          !separates
              && i > start
              && Character.isUpperCase(name.charAt(i))
              && (Character.isLowerCase(name.charAt(i - 1))
                  || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
      if ((separates || turns) && i > start) {
        words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
      }
      if (separates) {
        start = i + 1;
      } else if (turns) {
        start = i;
      }
    }
    return words;
  }
}
