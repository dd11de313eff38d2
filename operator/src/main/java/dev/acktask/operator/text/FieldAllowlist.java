package dev.acktask.operator.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Filters free-form data ({@code parameters}, {@code outputs}) for the status. No list of secret
 * names is complete, so the harmless names are listed: a text is kept only under one of them, and
 * only with probable secrets masked. Numbers, {@code true}, {@code false} and {@code null} are kept
 * under every name that announces no secret.
 */
public final class FieldAllowlist {
  /** Last words of the names whose texts are kept. docs/configuration.md has this list as well. */
  static final Set<String> HARMLESS =
      Set.of(
          "action",
          "addon",
          "addons",
          "arch",
          "architecture",
          "category",
          "cluster",
          "component",
          "components",
          "count",
          "created",
          "date",
          "duration",
          "edition",
          "end",
          "id",
          "ids",
          "instance",
          "instances",
          "interval",
          "kind",
          "level",
          "mode",
          "name",
          "names",
          "namespace",
          "namespaces",
          "node",
          "nodepool",
          "nodepools",
          "nodes",
          "operation",
          "os",
          "percent",
          "phase",
          "platform",
          "policy",
          "product",
          "profile",
          "region",
          "regions",
          "runtime",
          "size",
          "stage",
          "start",
          "state",
          "status",
          "step",
          "task",
          "time",
          "timeout",
          "timestamp",
          "type",
          "types",
          "uid",
          "updated",
          "uuid",
          "version",
          "versions",
          "zone",
          "zones");

  /** Names of members whose value is the name of a sibling's value. */
  private static final Set<String> NAMING_MEMBERS = Set.of("name", "key");

  private static final JsonValue MASKED = new JsonValue.Text(Redaction.MASK);

  private final Redaction redaction;

  /**
   * @param redaction masks texts under harmless names
   */
  public FieldAllowlist(Redaction redaction) {
    this.redaction = redaction;
  }

  /** {@code data}, at any depth, with everything masked that is not known to be harmless. */
  public JsonValue of(JsonValue data) {
    return value(data, false);
  }

  private JsonValue value(JsonValue data, boolean isHarmless) {
    return switch (data) {
      case JsonValue.Obj object -> object(object);
      case JsonValue.Arr array ->
          new JsonValue.Arr(array.items().stream().map(item -> value(item, isHarmless)).toList());
      case JsonValue.Text text -> isHarmless ? redacted(text) : maskedUnlessPlain(text);
      case JsonValue.Literal literal -> literal;
    };
  }

  private JsonValue redacted(JsonValue.Text text) {
    return new JsonValue.Text(redaction.text(text.value()));
  }

  private static JsonValue maskedUnlessPlain(JsonValue.Text text) {
    return Set.of("", "true", "false").contains(text.value()) ? text : MASKED;
  }

  private JsonValue object(JsonValue.Obj object) {
    boolean announcesSecret = object.members().stream().anyMatch(this::announcesSecret);
    return new JsonValue.Obj(
        object.members().stream().map(member -> member(member, announcesSecret)).toList());
  }

  private JsonValue.Member member(JsonValue.Member member, boolean announcesSecret) {
    String name = member.name();
    boolean isSecret = redaction.isSensitive(name) || (announcesSecret && !isNaming(member));
    return new JsonValue.Member(
        redaction.text(name), isSecret ? MASKED : value(member.value(), isHarmless(name)));
  }

  /** {@code {"name": "login_password", "value": "…"}}: the secret's name is a value here. */
  private boolean announcesSecret(JsonValue.Member member) {
    return isNaming(member)
        && member.value() instanceof JsonValue.Text text
        && redaction.isSensitive(text.value());
  }

  private static boolean isNaming(JsonValue.Member member) {
    return NAMING_MEMBERS.contains(member.name().toLowerCase(Locale.ROOT));
  }

  private static boolean isHarmless(String name) {
    List<String> words = SecretNames.words(name);
    return !words.isEmpty() && HARMLESS.contains(words.getLast());
  }
}
