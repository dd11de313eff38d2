package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.FreeForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IncludedDataTest {
  private static final String CANARY = "Canary7secret";

  @Test
  void shouldMaskByNameAtAnyDepth() {
    FreeForm data =
        object(
            "nodes", new FreeForm.Arr(List.of(object("Login_Password", text(CANARY)))),
            "access-key", object("id", text(CANARY)),
            "count", new FreeForm.Literal("2"),
            "otp", new FreeForm.Literal("123456"),
            "status", text("password=" + CANARY),
            "env",
                new FreeForm.Arr(
                    List.of(
                        object(
                            "name", text("DB_PASSWORD"),
                            "id", text(CANARY),
                            "value", text(CANARY)))));
    assertEquals(
        "{\"nodes\":[{\"Login_Password\":\"***\"}],\"access-key\":\"***\",\"count\":2,\"otp\":\"***\","
            + "\"status\":\"password=***\","
            + "\"env\":[{\"name\":\"DB_PASSWORD\",\"id\":\"***\",\"value\":\"***\"}]}",
        shown(data));
  }

  @Test
  void shouldShowTextsOfHarmlessNamesOnly() {
    FreeForm data =
        object(
            "nodepool_id", text("np1"),
            "instanceIds", new FreeForm.Arr(List.of(text("i-1"), text("i-2"))),
            "kubernetes_version", text("1.33.3-aliyun.1"),
            "component", object("addonName", text("terway"), "config", text(CANARY)),
            "comment", text(CANARY),
            "values", new FreeForm.Arr(List.of(text(CANARY), new FreeForm.Literal("1"))),
            "enabled", new FreeForm.Literal("true"),
            "force", text("true"),
            "nothing", new FreeForm.Literal("null"),
            "empty", text(""));
    assertEquals(
        "{\"nodepool_id\":\"np1\",\"instanceIds\":[\"i-1\",\"i-2\"],"
            + "\"kubernetes_version\":\"1.33.3-aliyun.1\","
            + "\"component\":{\"addonName\":\"terway\",\"config\":\"***\"},"
            + "\"comment\":\"***\",\"values\":[\"***\",1],\"enabled\":true,\"force\":\"true\","
            + "\"nothing\":null,\"empty\":\"\"}",
        shown(data));
  }

  @Test
  void shouldMaskConfiguredNamesAlsoWhereTheyAreHarmless() {
    FreeForm data = object("instance_id", text(CANARY), "pin_count", new FreeForm.Literal("1"));

    String shown =
        JsonWriter.write(new IncludedData(new Redaction(List.of("instance", "PIN"))).of(data));

    assertEquals("{\"instance_id\":\"***\",\"pin_count\":\"***\"}", shown);
  }

  @Test
  void shouldMaskSecretsInNames() {
    FreeForm data = object("ghp_0123456789abcdef" + CANARY, new FreeForm.Literal("1"));

    assertFalse(shown(data).contains(CANARY), shown(data));
  }

  @Test
  void shouldListTheHarmlessNamesInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    String list = String.join(", ", IncludedData.HARMLESS.stream().sorted().toList());

    assertTrue(page.replaceAll("\\s+", " ").replace("`", "").contains(list), list);
    for (String name : IncludedData.HARMLESS) {
      assertFalse(Redaction.BUILT_IN.isSensitive(name), name);
    }
  }

  private static String shown(FreeForm data) {
    return JsonWriter.write(new IncludedData(Redaction.BUILT_IN).of(data));
  }

  private static FreeForm text(String value) {
    return new FreeForm.Text(value);
  }

  private static FreeForm object(Object... namesAndValues) {
    return new FreeForm.Obj(
        IntStream.range(0, namesAndValues.length / 2)
            .mapToObj(
                i ->
                    new FreeForm.Member(
                        (String) namesAndValues[2 * i], (FreeForm) namesAndValues[2 * i + 1]))
            .toList());
  }
}
