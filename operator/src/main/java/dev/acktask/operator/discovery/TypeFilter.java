package dev.acktask.operator.discovery;

import java.util.List;

/**
 * Selects tasks by globs over their type, in which {@code *} stands for any text. Case matters.
 *
 * @param include empty for all
 * @param exclude wins over {@code include}
 */
public record TypeFilter(List<String> include, List<String> exclude) {
  /** Copies the lists. */
  public TypeFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** True if tasks of {@code type} are selected; an absent type is the empty text. */
  public boolean accepts(String type) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> matches(glob, type)))
        && exclude.stream().noneMatch(glob -> matches(glob, type));
  }

  /** In time proportional to the product of the lengths at most, whatever the texts. */
  static boolean matches(String glob, String text) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < text.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < glob.length() && glob.charAt(at) == text.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}
