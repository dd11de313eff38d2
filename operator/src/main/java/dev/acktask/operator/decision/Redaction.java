package dev.acktask.operator.decision;

import dev.acktask.operator.task.FreeForm;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out what looks like a secret. Whoever may read an AckTask may not be allowed to read the
 * password that a task was started with; taking out too much is the smaller harm.
 */
public final class Redaction {
  static final String MASK = "***";

  private static final String KEYS =
      "pass(?:word|wd|phrase)|pwd|secret|token|credential|kube_?config|authorization|cookie"
          + "|private[-_]?key|access[-_]?key|api[-_]?key|client[-_]?key|key[-_]data|user[-_]?data"
          + "|signature";

  private static final String PEM_BEGIN = "-----BEGIN ";

  private static final Pattern PEM =
      Pattern.compile(
          PEM_BEGIN + "[A-Z ]{0,64}-----(?:(?!-----END)[\\s\\S])*+(?:-----END[^\\n-]*-----)?");

  private static final Pattern BEARER =
      Pattern.compile("\\b(bearer)\\s+[A-Za-z0-9._~+/=-]{8,}", Pattern.CASE_INSENSITIVE);

  /** Access key ids of this cloud and tokens in the JWT form. */
  private static final Pattern KEY_SHAPED =
      Pattern.compile(
          "\\b(?:LTAI[A-Za-z0-9]{8,}|STS\\.[A-Za-z0-9]{8,}|eyJ[A-Za-z0-9_=-]{10,}\\.\\S+)");

  /**
   * A sensitive name, a separator and its value: quoted, bare, or, inside JSON that is itself a
   * string, everything up to the end, because the end of the value cannot be told for certain.
   */
  private static Pattern namedValue(String keys) {
    return Pattern.compile(
        "((?:"
            + keys
            + ")[\\w.-]{0,64}(?:\\\\{0,8}[\"'])?\\s{0,8}[:=]\\s{0,8})"
            + "(?:\\\\{1,8}\"[\\s\\S]*|\"(?:[^\"\\\\]|\\\\[\\s\\S])*+\"?|'[^']*+'?|(?:(?:bearer|basic)\\s{1,8})?[^\\s,;&}\\]]+)",
        Pattern.CASE_INSENSITIVE);
  }

  /** Names that announce in a sibling what the value of an entry is. */
  private static final Set<String> NAMING_MEMBERS = Set.of("name", "key");

  private final Pattern sensitiveKey;
  private final Pattern namedValue;

  /** Masks what every operator masks. */
  public static final Redaction BUILT_IN = new Redaction(List.of());

  /**
   * @param moreKeys parts of names that are sensitive as well, in any case
   */
  public Redaction(Collection<String> moreKeys) {
    String keys =
        KEYS + moreKeys.stream().map(key -> "|" + Pattern.quote(key)).collect(Collectors.joining());
    this.sensitiveKey = Pattern.compile(keys, Pattern.CASE_INSENSITIVE);
    this.namedValue = namedValue(keys);
  }

  /** {@code text} without what looks like a secret. */
  String text(String text) {
    if (text.length() < 8) {
      return text;
    }
    String masked = text.contains(PEM_BEGIN) ? PEM.matcher(text).replaceAll(MASK) : text;
    if (masked.indexOf(':') >= 0 || masked.indexOf('=') >= 0) {
      masked = namedValue.matcher(masked).replaceAll("$1" + MASK);
    }
    masked = BEARER.matcher(masked).replaceAll("$1 " + MASK);
    return KEY_SHAPED.matcher(masked).replaceAll(MASK);
  }

  /** True when the value of a member called {@code name} must not be shown. */
  boolean sensitive(String name) {
    return sensitiveKey.matcher(name).find();
  }

  /** {@code data} without what looks like a secret, at any depth. */
  FreeForm of(FreeForm data) {
    return switch (data) {
      case FreeForm.Obj object -> object(object);
      case FreeForm.Arr array -> new FreeForm.Arr(array.items().stream().map(this::of).toList());
      case FreeForm.Text string -> new FreeForm.Text(text(string.value()));
      case FreeForm.Literal literal -> literal;
    };
  }

  private FreeForm object(FreeForm.Obj object) {
    boolean named = object.members().stream().anyMatch(this::announcesSecret);
    return new FreeForm.Obj(
        object.members().stream()
            .map(
                member ->
                    sensitive(member.name()) || (named && !naming(member))
                        ? new FreeForm.Member(member.name(), new FreeForm.Text(MASK))
                        : new FreeForm.Member(member.name(), of(member.value())))
            .toList());
  }

  /** {@code {"name": "login_password", "value": "…"}}: the secret's name is a value here. */
  private boolean announcesSecret(FreeForm.Member member) {
    return naming(member)
        && member.value() instanceof FreeForm.Text text
        && sensitive(text.value());
  }

  private static boolean naming(FreeForm.Member member) {
    return NAMING_MEMBERS.contains(member.name().toLowerCase(Locale.ROOT));
  }
}
