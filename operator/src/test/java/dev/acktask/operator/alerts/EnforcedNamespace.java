package dev.acktask.operator.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * Rewrites a rule file as a Prometheus Operator with {@code enforcedNamespaceLabel} does, for
 * example that of OpenShift for user workloads: each selector and each alert gets the namespace of
 * the rules as its label {@code namespace}.
 */
final class EnforcedNamespace {
  private static final Pattern SELECTOR = Pattern.compile("\\b(acktask_[a-z_]+|up)\\b(\\{)?");

  private EnforcedNamespace() {}

  static JsonNode on(JsonNode ruleFile, String namespace) {
    JsonNode enforced = ruleFile.deepCopy();
    AlertRules.each(enforced.get("groups"))
        .flatMap(group -> AlertRules.each(group.get("rules")))
        .map(ObjectNode.class::cast)
        .forEach(
            rule -> {
              rule.put("expr", selecting(rule.get("expr").asText(), namespace));
              ((ObjectNode) rule.get("labels")).put("namespace", namespace);
            });
    return enforced;
  }

  private static String selecting(String expression, String namespace) {
    String matcher = "namespace=\"" + namespace + "\"";
    return SELECTOR
        .matcher(expression)
        .replaceAll(
            match -> match.group(1) + "{" + matcher + (match.group(2) == null ? "}" : ", "));
  }
}
