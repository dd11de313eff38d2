package dev.acktask.e2e.chart;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The objects that a chart renders.
 *
 * @param text the YAML as Helm gave it
 */
public record Rendered(String text, List<HasMetadata> objects) {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Pattern BETWEEN = Pattern.compile("(?m)^---\\s*$");

  public Rendered {
    objects = List.copyOf(objects);
  }

  static Rendered of(String text) {
    return new Rendered(text, documents(text).<HasMetadata>map(YAML::unmarshal).toList());
  }

  /** All of a kind. */
  public <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The only one of a kind. */
  public <T extends HasMetadata> T one(Class<T> kind) {
    List<T> all = all(kind);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of " + kind.getSimpleName() + " in:\n" + text);
    }
    return all.get(0);
  }

  /** The Deployment with the container {@code name}: one of the operator or of the simulator. */
  public Deployment deployment(String name) {
    List<Deployment> found =
        all(Deployment.class).stream()
            .filter(
                deployment ->
                    deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals(name)))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " Deployments of " + name + " in:\n" + text);
    }
    return found.get(0);
  }

  /** The pod of the operator. */
  PodTemplateSpec pod() {
    return deployment("operator").getSpec().getTemplate();
  }

  Container container() {
    return pod().getSpec().getContainers().get(0);
  }

  /** The environment of the operator by name; fails on a duplicate name. */
  Map<String, EnvVar> environment() {
    Map<String, EnvVar> environment = new TreeMap<>();
    for (EnvVar variable : container().getEnv()) {
      if (environment.put(variable.getName(), variable) != null) {
        throw new AssertionError("twice: " + variable.getName());
      }
    }
    return environment;
  }

  /** The verbs of the first rule of the ClusterRole whose name ends in {@code role}. */
  List<String> verbs(String role) {
    return all(ClusterRole.class).stream()
        .filter(object -> object.getMetadata().getName().endsWith("-" + role))
        .flatMap(object -> object.getRules().get(0).getVerbs().stream())
        .toList();
  }

  /** What the ClusterRole with the name {@code role} allows with {@code resource}. */
  List<String> verbs(String role, String resource) {
    return all(ClusterRole.class).stream()
        .filter(object -> object.getMetadata().getName().equals(role))
        .flatMap(object -> object.getRules().stream())
        .filter(rule -> rule.getResources().contains(resource))
        .flatMap(rule -> rule.getVerbs().stream())
        .toList();
  }

  /** Kinds and names, for objects without a Java type here. */
  public List<String> names() {
    return objects.stream()
        .map(object -> object.getKind() + "/" + object.getMetadata().getName())
        .sorted()
        .toList();
  }

  /**
   * The objects as they are written, by kind, namespace and name: typed ones would make one of
   * {@code "1"} and {@code 1}, and lose what their types do not know.
   */
  public Map<String, Map<String, Object>> trees() {
    Map<String, Map<String, Object>> trees = new TreeMap<>();
    documents(text)
        .map(document -> YAML.unmarshal(document, new TypeReference<Map<String, Object>>() {}))
        .forEach(
            tree -> {
              Map<?, ?> metadata = (Map<?, ?>) tree.get("metadata");
              String name =
                  "%s %s/%s"
                      .formatted(tree.get("kind"), metadata.get("namespace"), metadata.get("name"));
              if (trees.put(name, tree) != null) {
                throw new AssertionError(name + " is there twice in:\n" + text);
              }
            });
    return trees;
  }

  private static Stream<String> documents(String text) {
    return Arrays.stream(BETWEEN.split(text, -1))
        .filter(part -> part.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")));
  }
}
