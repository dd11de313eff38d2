package dev.acktask.operator.text;

import static dev.acktask.operator.text.SecretNames.Kind.HEADER;
import static dev.acktask.operator.text.SecretNames.Kind.PART;
import static dev.acktask.operator.text.SecretNames.Kind.PASSWORD;
import static dev.acktask.operator.text.SecretNames.Kind.SPOKEN;
import static dev.acktask.operator.text.SecretNames.Kind.WORD;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names whose values are secrets, as a table. The words are those that secret scanners
 * (detect-secrets, gitleaks) look for, and those of ACK, Kubernetes and connection strings.
 */
final class SecretNames {
  /** How a name is recognised, and how its value may follow it; the strongest first. */
  enum Kind {
    /** Part of a name; as a header its value goes on to the end of the line. */
    HEADER,
    /** Part of a name, compared without separators and case; a sentence may carry the value. */
    PASSWORD,
    /** As {@link #PASSWORD}, but a sentence carries the value only if that looks random. */
    SPOKEN,
    /** Part of a name, compared without separators and case. */
    PART,
    /** A whole word of a name: short, and part of harmless words as well. */
    WORD
  }

  record Row(Kind kind, String reason, Set<String> names) {
    private static Row of(Kind kind, String reason, String names) {
      return new Row(kind, reason, Set.of(names.split(" ", -1)));
    }
  }

  private record Part(String name, Kind kind) {}

  /** Of the rows that match one name, the one with the strongest kind counts. */
  static final List<Row> TABLE =
      List.of(
          Row.of(HEADER, "HTTP headers that carry credentials", "authorization cookie"),
          Row.of(
              PASSWORD,
              "passwords",
              "password passwd passphrase passcode passwort kennwort motdepasse contrasena"
                  + " contrase\u00f1a senha \u043f\u0430\u0440\u043e\u043b\u044c"),
          Row.of(WORD, "passwords, short", "pass pwd pw otp"),
          Row.of(
              SPOKEN,
              "tokens, secrets and keys",
              "secret token credential apikey accesskey secretkey privatekey"),
          Row.of(
              WORD,
              "tokens, secrets and keys, short",
              "auth oauth jwt sk ak sas sig cred creds session sid csrf xsrf hmac"),
          Row.of(
              PART,
              "keys by their use",
              "authkey appkey clientkey servicekey accountkey sharedkey masterkey encryptionkey"
                  + " signingkey sshkey tlskey hostkey dbkey databasekey privkey keydata keypair"
                  + " keypass keystore keytab signature"),
          Row.of(WORD, "key files", "pem pfx p12 pkcs12 jks ppk"),
          Row.of(PART, "files that hold credentials", "kubeconfig dockerconfig netrc"),
          Row.of(PART, "connection strings", "connectionstring connstr jdbc webhook"),
          Row.of(WORD, "connection strings, short", "dsn"),
          Row.of(PART, "start scripts of machines", "userdata customdata cloudinit cloudconfig"),
          Row.of(WORD, "scripts", "script scripts"));

  /** The names of the table but those that are whole words, by their first character. */
  private static final Map<Character, List<Part>> PARTS =
      TABLE.stream()
          .filter(row -> row.kind() != WORD)
          .flatMap(row -> row.names().stream().map(name -> new Part(name, row.kind())))
          .collect(Collectors.groupingBy(part -> part.name().charAt(0)));

  private static final Set<String> WORDS =
      TABLE.stream()
          .filter(row -> row.kind() == WORD)
          .flatMap(row -> row.names().stream())
          .collect(Collectors.toSet());

  /** Names in scripts that write no blanks between words. They are found anywhere in a text. */
  static final List<String> UNSPACED =
      List.of(
          "\u5bc6\u7801",
          "\u5bc6\u78bc",
          "\u53e3\u4ee4",
          "\u5bc6\u94a5",
          "\u5bc6\u9470",
          "\u79c1\u94a5",
          "\u4ee4\u724c",
          "\u51ed\u8bc1",
          "\u51ed\u636e",
          "\u30d1\u30b9\u30ef\u30fc\u30c9",
          "\ube44\ubc00\ubc88\ud638");

  private final List<String> configured;

  /**
   * Prepares the table.
   *
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
    boolean hasWord =
        isOneWord(name) ? WORDS.contains(name) : words(name).stream().anyMatch(WORDS::contains);
    return hasWord ? WORD : unspaced(lower);
  }

  /** The strongest kind of the parts of a name, or null. */
  private static @Nullable Kind part(String squeezed) {
    Kind strongest = null;
    for (int i = 0; i < squeezed.length(); i++) {
      for (Part part : PARTS.getOrDefault(squeezed.charAt(i), List.of())) {
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

  private static @Nullable Kind unspaced(String lower) {
    boolean isAscii = lower.chars().allMatch(c -> c < 0x80);
    return !isAscii && UNSPACED.stream().anyMatch(lower::contains) ? PASSWORD : null;
  }

  /** The end of the name without word boundaries that starts at {@code index}, or -1. */
  static int unspacedEnd(TextScan text, int index) {
    for (String name : UNSPACED) {
      if (text.startsWith(name, index)) {
        return index + name.length();
      }
    }
    return -1;
  }

  /** The start of the name without word boundaries that ends at {@code end}, or -1. */
  static int unspacedStart(TextScan text, int end) {
    for (String name : UNSPACED) {
      int start = end - name.length();
      if (start >= 0 && text.startsWith(name, start)) {
        return start;
      }
    }
    return -1;
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
