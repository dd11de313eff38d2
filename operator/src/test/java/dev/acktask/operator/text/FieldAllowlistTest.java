package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FieldAllowlistTest {
  private static final String CANARY = "Canary7secret";

  @Test
  void shouldMaskByNameAtAnyDepth() {
    JsonValue data =
        object(
            "nodes", new JsonValue.Arr(List.of(object("Login_Password", text(CANARY)))),
            "access-key", object("id", text(CANARY)),
            "count", new JsonValue.Literal("2"),
            "otp", new JsonValue.Literal("123456"),
            "status", text("password=" + CANARY),
            "env",
                new JsonValue.Arr(
                    List.of(
                        object(
                            "name", text("DB_PASSWORD"),
                            "id", text(CANARY),
                            "value", text(CANARY)))));
    assertEquals(
        "{\"nodes\":[{\"Login_Password\":\"***\"}],\"access-key\":\"***\",\"count\":2,\"otp\":\"***\","
            + "\"status\":\"password=***\","
            + "\"env\":[{\"name\":\"DB_PASSWORD\",\"id\":\"***\",\"value\":\"***\"}]}",
        filtered(data));
  }

  @Test
  void shouldKeepTextsOfHarmlessNamesOnly() {
    JsonValue data =
        object(
            "nodepool_id", text("np1"),
            "instanceIds", new JsonValue.Arr(List.of(text("i-1"), text("i-2"))),
            "kubernetes_version", text("1.33.3-aliyun.1"),
            "component", object("addonName", text("terway"), "config", text(CANARY)),
            "comment", text(CANARY),
            "values", new JsonValue.Arr(List.of(text(CANARY), new JsonValue.Literal("1"))),
            "enabled", new JsonValue.Literal("true"),
            "force", text("true"),
            "nothing", new JsonValue.Literal("null"),
            "empty", text(""));
    assertEquals(
        "{\"nodepool_id\":\"np1\",\"instanceIds\":[\"i-1\",\"i-2\"],"
            + "\"kubernetes_version\":\"1.33.3-aliyun.1\","
            + "\"component\":{\"addonName\":\"terway\",\"config\":\"***\"},"
            + "\"comment\":\"***\",\"values\":[\"***\",1],\"enabled\":true,\"force\":\"true\","
            + "\"nothing\":null,\"empty\":\"\"}",
        filtered(data));
  }

  @Test
  void shouldMaskConfiguredNamesEvenWhenHarmless() {
    JsonValue data = object("instance_id", text(CANARY), "pin_count", new JsonValue.Literal("1"));

    String filtered =
        JsonWriter.write(new FieldAllowlist(new Redaction(List.of("instance", "PIN"))).of(data));

    assertEquals("{\"instance_id\":\"***\",\"pin_count\":\"***\"}", filtered);
  }

  @Test
  void shouldMaskSecretsInNames() {
    JsonValue data = object("ghp_0123456789abcdef" + CANARY, new JsonValue.Literal("1"));

    assertFalse(filtered(data).contains(CANARY), filtered(data));
  }

  @Test
  void shouldListTheHarmlessNamesInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    String list = String.join(", ", FieldAllowlist.HARMLESS.stream().sorted().toList());

    assertTrue(page.replaceAll("\\s+", " ").replace("`", "").contains(list), list);
    for (String name : FieldAllowlist.HARMLESS) {
      assertFalse(Redaction.BUILT_IN.isSensitive(name), name);
    }
  }

  private static String filtered(JsonValue data) {
    return JsonWriter.write(new FieldAllowlist(Redaction.BUILT_IN).of(data));
  }

  private static JsonValue text(String value) {
    return new JsonValue.Text(value);
  }

  private static JsonValue object(Object... namesAndValues) {
    return new JsonValue.Obj(
        IntStream.range(0, namesAndValues.length / 2)
            .mapToObj(
                i ->
                    new JsonValue.Member(
                        (String) namesAndValues[2 * i], (JsonValue) namesAndValues[2 * i + 1]))
            .toList());
  }
}
