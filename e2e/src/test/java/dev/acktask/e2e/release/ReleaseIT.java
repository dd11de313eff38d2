package dev.acktask.e2e.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import dev.acktask.e2e.cluster.HelmLibrary;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds a release of the checked-out commit twice, without a base image. */
class ReleaseIT {
  private static final String VERSION = "9.9.9";
  private static final String IMAGE = "registry.example.com/acktask/acktask-operator";
  private static final String SIMULATOR = "acktask-simulator-" + VERSION;
  private static final String NAME = "acktask-operator-" + VERSION;
  private static final String PLUGIN = "kubectl-acktask-" + VERSION;

  @TempDir Path scratch;

  @Test
  @Timeout(900)
  void shouldBuildTheSameFilesTwice() throws Exception {
    // given
    assumeTrue(
        Files.exists(Settings.repository().resolve(".git")), "a release is made of a commit");
    Path dist = scratch.resolve("dist");

    // when
    String output = run(Settings.repository(), dist, "hack/release.sh", "--check", VERSION);

    // then
    assertTrue(output.contains("two builds are the same"), output);
    try (Stream<Path> files = Files.list(dist)) {
      assertEquals(
          List.of(
              "SHA256SUMS",
              NAME + "-image-amd64.tar",
              NAME + "-image-arm64.tar",
              NAME + ".cdx.json",
              NAME + ".tar.gz",
              NAME + ".tgz",
              SIMULATOR + "-image-amd64.tar",
              SIMULATOR + "-image-arm64.tar",
              SIMULATOR + ".cdx.json",
              "acktask.yaml",
              "crds.yaml",
              "install.yaml",
              PLUGIN + ".tar.gz"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    run(dist, dist, "sha256sum", "--check", "--strict", "SHA256SUMS");
    String rendered = rendered(dist, Files.writeString(scratch.resolve("v.yaml"), values()));
    assertTrue(rendered.contains(IMAGE + ":" + VERSION), rendered);
    String chart = run(dist, dist, "tar", "-xOf", NAME + ".tgz", "acktask-operator/Chart.yaml");
    assertTrue(chart.contains("image: " + IMAGE + ":" + VERSION), chart);
    assertTrue(chart.contains("/acktask-simulator:" + VERSION), chart);
    String manifest = Files.readString(dist.resolve("install.yaml"));
    assertTrue(manifest.contains("\"" + IMAGE + ":" + VERSION + "\""), manifest);
    assertFalse(manifest.contains("0.1.0"), "an old version is left in install.yaml");
    assertEquals(
        5, documents(dist.resolve("crds.yaml"), "kind: CustomResourceDefinition"), "crds.yaml");
    assertSbom(dist.resolve(NAME + ".cdx.json"), "acktask-operator");
    assertSbom(dist.resolve(SIMULATOR + ".cdx.json"), "acktask-simulator");
    assertPluginIsInstalledByItsManifest(dist);
  }

  private static void assertSbom(Path file, String module) throws IOException {
    String sbom = Files.readString(file);
    assertTrue(sbom.contains("pkg:maven/dev.acktask/" + module + "@" + VERSION), sbom);
    assertFalse(sbom.contains("junit"), "the SBOM lists a test dependency");
    assertHoldsTheBaseImage(new ObjectMapper().readTree(sbom));
  }

  /** As krew does it: the archive has the hash of the manifest, and the file that it names. */
  private void assertPluginIsInstalledByItsManifest(Path dist) throws Exception {
    JsonNode spec =
        new ObjectMapper(new YAMLFactory())
            .readTree(dist.resolve("acktask.yaml").toFile())
            .path("spec");
    JsonNode platform = spec.path("platforms").path(0);
    Path archive = dist.resolve(PLUGIN + ".tar.gz");
    assertEquals("v" + VERSION, spec.path("version").asText());
    assertTrue(platform.path("uri").asText().endsWith("/v" + VERSION + "/" + PLUGIN + ".tar.gz"));
    assertTrue(
        run(dist, dist, "sha256sum", archive.toString())
            .startsWith(platform.path("sha256").asText() + " "));
    run(dist, dist, "tar", "-xf", archive.toString(), "-C", scratch.toString());
    Path script = scratch.resolve(PLUGIN).resolve(platform.path("bin").asText());
    assertEquals(PLUGIN + "/*", platform.at("/files/0/from").asText());
    assertEquals(
        "kubectl-acktask " + VERSION + "\n", run(dist, dist, script.toString(), "version"));
  }

  private static void assertHoldsTheBaseImage(JsonNode sbom) throws IOException {
    Matcher base =
        Pattern.compile("<acktask.image.base>([^:]+):([^@]+)@sha256:([0-9a-f]{64})<")
            .matcher(Files.readString(Settings.repository().resolve("pom.xml")));
    assertTrue(base.find(), "pom.xml pins a base image");
    List<JsonNode> images = new ArrayList<>();
    for (JsonNode component : sbom.path("components")) {
      if (component.path("type").asText().equals("container")) {
        images.add(component);
      }
    }
    assertEquals(1, images.size(), sbom::toString);
    assertEquals(
        "pkg:oci/%s@sha256%%3A%s?repository_url=docker.io/library/%s&tag=%s"
            .formatted(base.group(1), base.group(3), base.group(1), base.group(2)),
        images.get(0).path("purl").asText());
    assertEquals(base.group(3), images.get(0).at("/hashes/0/content").asText());
  }

  /** Number of the documents of {@code file} that contain {@code text} once. */
  private static long documents(Path file, String text) throws IOException {
    return Stream.of(Files.readString(file).split("(?m)^---$", -1))
        .filter(document -> document.split(Pattern.quote(text), -1).length == 2)
        .count();
  }

  private static String rendered(Path dist, Path values) {
    return HelmLibrary.call(
        () ->
            new Helm(dist.resolve(NAME + ".tgz"))
                .template()
                .withName("acktask-operator")
                .withKubeVersion("1.36.0")
                .withValuesFile(values)
                .call());
  }

  private static String values() {
    return "{region: cn-hangzhou, rrsa: {roleName: acktask-operator}}";
  }

  private static String run(Path folder, Path dist, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("DIST", dist.toString());
    builder.environment().put("BASE", "scratch");
    builder.environment().put("IMAGE", IMAGE);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
