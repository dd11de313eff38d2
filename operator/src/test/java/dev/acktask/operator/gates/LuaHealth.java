package dev.acktask.operator.gates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;

/**
 * Runs a health check as Argo CD does: the object is the global {@code obj}, nulls are absent, and
 * the standard libraries are missing (no string, io or os).
 */
final class LuaHealth {
  private static final List<String> FILES = List.of("dofile", "loadfile", "load", "print");

  private final String script;

  LuaHealth(String script) {
    this.script = script;
  }

  /** Status and message in Argo CD. */
  record Health(String status, String message) {}

  Health of(JsonNode object) {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    LoadState.install(globals);
    LuaC.install(globals);
    FILES.forEach(name -> globals.set(name, LuaValue.NIL));
    globals.set("obj", lua(object));
    LuaValue health = globals.load(script, "health.lua").call().checktable();
    return new Health(health.get("status").checkjstring(), health.get("message").optjstring(""));
  }

  private static LuaValue lua(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        LuaTable table = new LuaTable();
        node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
        yield table;
      }
      case ARRAY -> {
        LuaTable table = new LuaTable();
        for (int i = 0; i < node.size(); i++) {
          table.set(i + 1, lua(node.get(i)));
        }
        yield table;
      }
      case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
      case NUMBER -> LuaValue.valueOf(node.doubleValue());
      case STRING -> LuaValue.valueOf(node.textValue());
      case NULL, MISSING -> LuaValue.NIL;
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + node);
    };
  }
}
