package dev.acktask.e2e.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.Folders;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The image of the operator without its base image: its layers are unpacked into a folder, so that
 * the command of the container can run here.
 *
 * @param root the root of the container
 * @param config of the image
 */
record ImageLayout(Path root, JsonNode config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Unpacks the image that the build has laid out, into an empty {@code folder}. */
  static ImageLayout unpack(Path folder) throws IOException, InterruptedException {
    Path tar = Settings.operatorJar().resolveSibling("image-layout.tar");
    Folders.empty(folder);
    Path image = Files.createDirectories(folder.resolve("image"));
    Path root = Files.createDirectories(folder.resolve("root"));
    untar(tar, image);
    JsonNode manifest = JSON.readTree(image.resolve("manifest.json").toFile()).get(0);
    for (JsonNode layer : manifest.get("Layers")) {
      untar(image.resolve(layer.asText()), root);
    }
    JsonNode config = JSON.readTree(image.resolve(manifest.get("Config").asText()).toFile());
    // In a container these paths begin at its root.
    Path classPath = root.resolve("app/jib-classpath-file");
    Files.writeString(
        classPath, Files.readString(classPath).replace("/app/", root.resolve("app") + "/"));
    return new ImageLayout(root, config);
  }

  /** What the container runs, on the JDK of these tests. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    for (JsonNode word : config.at("/config/Entrypoint")) {
      command.add(word.asText().replace("@/app/", "@" + root.resolve("app") + "/"));
    }
    if (!command.get(0).equals("java")) {
      throw new AssertionError("the entrypoint is not java: " + command);
    }
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return command;
  }

  /** The environment that every container of it has. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable : config.at("/config/Env")) {
      String[] parts = variable.asText().split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    return environment;
  }

  private static void untar(Path tar, Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("tar", "-xf", tar.toString(), "-C", folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("tar of " + tar + ": " + output);
    }
  }
}
