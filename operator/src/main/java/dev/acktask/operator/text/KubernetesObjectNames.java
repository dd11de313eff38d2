package dev.acktask.operator.text;

import java.util.List;
import java.util.Locale;

/** Names of objects of Kubernetes that are no secrets, though they follow the word "secret". */
final class KubernetesObjectNames {
  private static final int LONGEST_OBJECT_NAME = 253;

  /** What Kubernetes says of an object after its name. */
  private static final List<String> FINDINGS =
      List.of(" not found", " already exists", " does not exist");

  private KubernetesObjectNames() {}

  /** {@code secret registry-login1 not found}: the name of an object of Kubernetes. */
  static boolean isMissing(FoldedText text, int nameStart, int nameEnd, int start) {
    if (!text.folded(nameStart, nameEnd).equals("secret")) {
      return false;
    }
    int end = text.wordEnd(start, LONGEST_OBJECT_NAME);
    boolean hasDash = false;
    for (int i = start; i < end; i++) {
      char c = text.at(i);
      hasDash |= c == '-';
      if (!text.isNamePart(i) && "/\"'".indexOf(c) < 0) {
        return false;
      }
    }
    String name = text.written(start, end);
    return hasDash
        && name.equals(name.toLowerCase(Locale.ROOT))
        && FINDINGS.stream().anyMatch(finding -> text.startsWith(finding, end));
  }
}
