package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.acktask.operator.task.FreeForm;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one profile of the vendor's two kinds of files, its settings under the CLI's names. */
final class ProfileFile {
  private static final int MAX_NODES = 100_000;

  /** The INI file's names for what the CLI calls otherwise. */
  private static final Map<String, String> INI_NAMES =
      Map.of(
          "type", "mode",
          "role_arn", "ram_role_arn",
          "role_session_name", "ram_session_name",
          "oidc_token_file_path", "oidc_token_file");

  private static final Map<String, String> INI_MODES =
      Map.of(
          "access_key", "AK",
          "ram_role_arn", "RamRoleArn",
          "oidc_role_arn", "OIDC",
          "ecs_ram_role", "EcsRamRole");

  private ProfileFile() {}

  /**
   * A profile of {@code ~/.aliyun/config.json}; no settings when there is none.
   *
   * @param name empty for the file's current one
   * @throws IOException when the text is no JSON
   */
  static Map<String, String> cli(String text, String name) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      if (json.nextToken() == null) {
        return Map.of();
      }
      FreeForm root =
          new FreeFormReader(json, new Omissions(), MAX_NODES, text.length() + 1).read();
      Map<String, FreeForm> top = members(root);
      String wanted = name.isEmpty() ? scalars(root).getOrDefault("current", "default") : name;
      return top.get("profiles") instanceof FreeForm.Arr list
          ? list.items().stream()
              .map(ProfileFile::scalars)
              .filter(profile -> wanted.equals(profile.get("name")))
              .findFirst()
              .orElse(Map.of())
          : Map.of();
    }
  }

  private static Map<String, FreeForm> members(@Nullable FreeForm value) {
    Map<String, FreeForm> members = new HashMap<>();
    if (value instanceof FreeForm.Obj object) {
      object.members().forEach(member -> members.put(member.name(), member.value()));
    }
    return members;
  }

  private static Map<String, String> scalars(@Nullable FreeForm value) {
    Map<String, String> scalars = new HashMap<>();
    members(value)
        .forEach(
            (name, member) -> {
              if (member instanceof FreeForm.Text text) {
                scalars.put(name, text.value());
              }
            });
    return scalars;
  }

  /** A section of {@code ~/.alibabacloud/credentials.ini} that is enabled; else no settings. */
  static Map<String, String> ini(String text, String name) {
    String header = "[" + (name.isEmpty() ? "default" : name) + "]";
    Map<String, String> section = new HashMap<>();
    boolean isWanted = false;
    for (String line : text.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[")) {
        isWanted = line.equals(header);
      } else if (isWanted && !line.startsWith("#") && !line.startsWith(";") && equals > 0) {
        String setting = line.substring(0, equals).strip();
        section.put(INI_NAMES.getOrDefault(setting, setting), line.substring(equals + 1).strip());
      }
    }
    section.computeIfPresent("mode", (key, mode) -> INI_MODES.getOrDefault(mode, mode));
    return Boolean.parseBoolean(section.get("enable")) ? section : Map.of();
  }
}
