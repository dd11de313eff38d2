package dev.acktask.simulator.script;

import dev.acktask.simulator.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scripts from files and folders. */
public final class ScriptFiles {
  private ScriptFiles() {}

  /**
   * The scripts of all {@code places}; of a folder, its {@code .yaml} and {@code .yml} files in
   * order of name.
   *
   * @throws YamlException when one cannot be read or played, or two are for the same task
   */
  public static List<TaskScript> load(List<Path> places) {
    List<TaskScript> scripts = new ArrayList<>();
    Map<String, Path> sources = new HashMap<>();
    for (Path place : places) {
      for (Path file : files(place)) {
        TaskScript script = read(file);
        Path other = sources.putIfAbsent(script.taskId(), file);
        if (other != null) {
          throw new YamlException(
              file.toString(), "", "task " + script.taskId() + " is also in " + other);
        }
        scripts.add(script);
      }
    }
    return scripts;
  }

  private static TaskScript read(Path file) {
    try {
      return ScriptParser.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new YamlException(file.toString(), "", "cannot be read");
    }
  }

  private static List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<Path> scripts = entries.filter(ScriptFiles::isScript).sorted().toList();
      if (scripts.isEmpty()) {
        throw new YamlException(place.toString(), "", "holds no .yaml file");
      }
      return scripts;
    } catch (IOException e) {
      throw new YamlException(place.toString(), "", "cannot be read");
    }
  }

  private static boolean isScript(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }
}
