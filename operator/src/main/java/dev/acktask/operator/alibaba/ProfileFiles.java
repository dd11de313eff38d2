package dev.acktask.operator.alibaba;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.acktask.operator.task.FreeForm;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the two profile files of the vendor's tools into one form: profiles by name, their settings
 * under the CLI's names.
 *
 * @param current the profile that is used when nobody names one
 */
record ProfileFiles(String current, Map<String, Map<String, String>> profiles) {
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

  /** {@code ~/.aliyun/config.json}; empty when it is not what the CLI writes. */
  static Optional<ProfileFiles> ofCli(String text) {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      if (json.nextToken() == null) {
        return Optional.empty();
      }
      FreeForm root =
          new FreeFormReader(json, new Omissions(), MAX_NODES, text.length() + 1).read();
      if (!(root instanceof FreeForm.Obj top)) {
        return Optional.empty();
      }
      Map<String, Map<String, String>> profiles = new HashMap<>();
      for (FreeForm.Member member : top.members()) {
        if (member.name().equals("profiles") && member.value() instanceof FreeForm.Arr list) {
          for (FreeForm item : list.items()) {
            Map<String, String> profile = scalars(item);
            profiles.put(profile.getOrDefault("name", ""), profile);
          }
        }
      }
      return Optional.of(
          new ProfileFiles(scalars(top).getOrDefault("current", "default"), profiles));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> scalars(FreeForm value) {
    Map<String, String> scalars = new HashMap<>();
    if (value instanceof FreeForm.Obj object) {
      for (FreeForm.Member member : object.members()) {
        switch (member.value()) {
          case FreeForm.Text text -> scalars.put(member.name(), text.value());
          case FreeForm.Literal literal -> scalars.put(member.name(), literal.json());
          default -> {}
        }
      }
    }
    return scalars;
  }

  /** {@code ~/.alibabacloud/credentials.ini}; only sections with {@code enable = true} count. */
  static ProfileFiles ofIni(String text) {
    Map<String, Map<String, String>> sections = new HashMap<>();
    Map<String, String> section = new HashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new HashMap<>();
        sections.put(line.substring(1, line.length() - 1).strip(), section);
      } else if (!line.startsWith("#") && !line.startsWith(";") && equals > 0) {
        String name = line.substring(0, equals).strip();
        section.put(INI_NAMES.getOrDefault(name, name), line.substring(equals + 1).strip());
      }
    }
    Map<String, Map<String, String>> enabled =
        sections.entrySet().stream()
            .filter(entry -> Boolean.parseBoolean(entry.getValue().get("enable")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    enabled.values().forEach(profile -> profile.computeIfPresent("mode", ProfileFiles::cliMode));
    return new ProfileFiles("default", enabled);
  }

  private static String cliMode(String key, String mode) {
    return INI_MODES.getOrDefault(mode, mode);
  }
}
