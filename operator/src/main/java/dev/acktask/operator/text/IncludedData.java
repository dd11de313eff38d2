package dev.acktask.operator.text;

import dev.acktask.operator.task.FreeForm;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What of free-form data ({@code parameters}, {@code outputs}) is shown. Nobody can list all names
 * of secrets, so the harmless names are listed: a text is shown only under one of them, and only
 * without what looks like a secret. Numbers, {@code true}, {@code false} and {@code null} are shown
 * under every name that announces no secret.
 */
public final class IncludedData {
  /** Last words of the names whose texts are shown. docs/configuration.md has this list as well. */
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

  /** Names that say in a sibling what the value of an entry is. */
  private static final Set<String> NAMING_MEMBERS = Set.of("name", "key");

  private static final FreeForm MASKED = new FreeForm.Text(Redaction.MASK);

  private final Redaction redaction;

  /**
   * Prepares the rules.
   *
   * @param redaction what is masked under harmless names as well
   */
  public IncludedData(Redaction redaction) {
    this.redaction = redaction;
  }

  /** {@code data} with everything masked that is not known to be harmless, at any depth. */
  public FreeForm of(FreeForm data) {
    return value(data, false);
  }

  private FreeForm value(FreeForm data, boolean isHarmless) {
    return switch (data) {
      case FreeForm.Obj object -> object(object);
      case FreeForm.Arr array ->
          new FreeForm.Arr(array.items().stream().map(item -> value(item, isHarmless)).toList());
      case FreeForm.Text text -> isHarmless ? redacted(text) : maskedUnlessPlain(text);
      case FreeForm.Literal literal -> literal;
    };
  }

  private FreeForm redacted(FreeForm.Text text) {
    return new FreeForm.Text(redaction.text(text.value()));
  }

  private static FreeForm maskedUnlessPlain(FreeForm.Text text) {
    return Set.of("", "true", "false").contains(text.value()) ? text : MASKED;
  }

  private FreeForm object(FreeForm.Obj object) {
    boolean announcesSecret = object.members().stream().anyMatch(this::announcesSecret);
    return new FreeForm.Obj(
        object.members().stream().map(member -> member(member, announcesSecret)).toList());
  }

  private FreeForm.Member member(FreeForm.Member member, boolean announcesSecret) {
    String name = member.name();
    boolean isSecret = redaction.isSensitive(name) || (announcesSecret && !isNaming(member));
    return new FreeForm.Member(
        redaction.text(name), isSecret ? MASKED : value(member.value(), isHarmless(name)));
  }

  /** {@code {"name": "login_password", "value": "…"}}: the secret's name is a value here. */
  private boolean announcesSecret(FreeForm.Member member) {
    return isNaming(member)
        && member.value() instanceof FreeForm.Text text
        && redaction.isSensitive(text.value());
  }

  private static boolean isNaming(FreeForm.Member member) {
    return NAMING_MEMBERS.contains(member.name().toLowerCase(Locale.ROOT));
  }

  private static boolean isHarmless(String name) {
    List<String> words = SecretNames.words(name);
    return !words.isEmpty() && HARMLESS.contains(words.getLast());
  }
}
