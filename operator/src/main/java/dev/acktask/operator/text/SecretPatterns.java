package dev.acktask.operator.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Secrets that are recognised by their own form, as a table. Prefixes and lengths are those that
 * the issuers publish and that secret scanners (gitleaks, detect-secrets, trufflehog) search for.
 */
final class SecretPatterns {
  /**
   * One form.
   *
   * @param least characters that must follow the prefix
   */
  record Shape(String issuer, String prefix, int least) {}

  static final List<Shape> TABLE =
      List.of(
          new Shape("Alibaba Cloud access key id", "LTAI", 8),
          new Shape("Alibaba Cloud session key id", "STS.", 8),
          new Shape("AWS access key id", "AKIA", 16),
          new Shape("AWS session key id", "ASIA", 16),
          new Shape("AWS bearer token", "ABIA", 16),
          new Shape("AWS context key id", "ACCA", 16),
          new Shape("Tencent Cloud secret id", "AKID", 24),
          new Shape("Google API key", "AIza", 30),
          new Shape("Google OAuth token", "ya29.", 16),
          new Shape("Google OAuth client secret", "GOCSPX-", 16),
          new Shape("GitHub personal token", "ghp_", 16),
          new Shape("GitHub OAuth token", "gho_", 16),
          new Shape("GitHub user token", "ghu_", 16),
          new Shape("GitHub server token", "ghs_", 16),
          new Shape("GitHub refresh token", "ghr_", 16),
          new Shape("GitHub fine-grained token", "github_pat_", 16),
          new Shape("GitLab personal token", "glpat-", 16),
          new Shape("GitLab pipeline token", "glptt-", 16),
          new Shape("GitLab deploy token", "gldt-", 16),
          new Shape("GitLab runner token", "glrt-", 16),
          new Shape("GitLab job token", "glcbt-", 16),
          new Shape("GitLab agent token", "glagent-", 16),
          new Shape("GitLab runner registration token", "GR1348941", 16),
          new Shape("Slack bot token", "xoxb-", 8),
          new Shape("Slack user token", "xoxp-", 8),
          new Shape("Slack app token", "xapp-", 8),
          new Shape("Slack configuration token", "xoxe", 8),
          new Shape("Slack workspace token", "xoxa-", 8),
          new Shape("Slack refresh token", "xoxr-", 8),
          new Shape("Slack legacy token", "xoxs-", 8),
          new Shape("Slack webhook", "hooks.slack.com/services/", 1),
          new Shape("npm token", "npm_", 30),
          new Shape("PyPI token", "pypi-", 16),
          new Shape("Docker Hub token", "dckr_pat_", 16),
          new Shape("Vault service token", "hvs.", 16),
          new Shape("Vault batch token", "hvb.", 16),
          new Shape("Stripe secret key", "sk_live_", 10),
          new Shape("Stripe test key", "sk_test_", 10),
          new Shape("Stripe restricted key", "rk_live_", 10),
          new Shape("Model providers' API key", "sk-", 20),
          new Shape("SendGrid API key", "SG.", 20),
          new Shape("Grafana service token", "glsa_", 16),
          new Shape("Grafana Cloud token", "glc_", 16),
          new Shape("DigitalOcean token", "dop_v1_", 16),
          new Shape("Hugging Face token", "hf_", 30),
          new Shape("Pulumi token", "pul-", 40),
          new Shape("age secret key", "AGE-SECRET-KEY-", 8),
          new Shape("JSON Web Token or other base64 of JSON", "eyJ", 14),
          new Shape("base64 of a PEM block", "LS0tLS1CRUdJTi", 0));

  /** The table by first character, all of which are letters of ASCII. */
  private static final List<List<Shape>> BY_FIRST =
      IntStream.rangeClosed(0, 'z')
          .mapToObj(c -> TABLE.stream().filter(shape -> shape.prefix().charAt(0) == c).toList())
          .toList();

  /** Kubernetes bootstrap tokens: six characters, a dot, sixteen characters. */
  private static final int BOOTSTRAP_ID = 6;

  private static final int BOOTSTRAP_SECRET = 16;

  /**
   * Length of a random run of letters and digits: an access key secret has 30. Ids and digests of
   * the cloud are of one case only.
   */
  private static final int RANDOM_LENGTH = 30;

  private static final int RANDOM_DIGITS = 3;

  private SecretPatterns() {}

  static String mask(String text) {
    MaskedText masked = new MaskedText(text);
    int index = 0;
    while (index < text.length()) {
      if (!isAlphanumeric(text, index)) {
        index++;
        continue;
      }
      int end = end(text, index);
      if (end >= 0) {
        masked.mask(index, end);
        index = end;
      } else {
        index = alphanumericEnd(text, index);
      }
    }
    return masked.finish();
  }

  /** The end of the secret that starts at {@code index}, where a word starts, or -1. */
  private static int end(String text, int index) {
    for (Shape shape : BY_FIRST.get(text.charAt(index))) {
      if (text.startsWith(shape.prefix(), index)) {
        int end = tokenEnd(text, index);
        if (end - index - shape.prefix().length() >= shape.least()) {
          return end;
        }
      }
    }
    int wordEnd = alphanumericEnd(text, index);
    boolean isRandom = wordEnd - index >= RANDOM_LENGTH && isMixed(text, index, wordEnd);
    if (!isRandom && RandomBase64.isSecret(text, index)) {
      return RandomBase64.end(text, index);
    }
    return isRandom || isBootstrapToken(text, index, wordEnd) ? tokenEnd(text, index) : -1;
  }

  private static boolean isBootstrapToken(String text, int index, int dot) {
    return dot - index == BOOTSTRAP_ID
        && dot < text.length()
        && text.charAt(dot) == '.'
        && alphanumericEnd(text, dot + 1) - dot - 1 == BOOTSTRAP_SECRET
        && digits(text, dot + 1, dot + 1 + BOOTSTRAP_SECRET) >= 1;
  }

  private static boolean isMixed(String text, int from, int to) {
    boolean hasUpper = false;
    boolean hasLower = false;
    for (int i = from; i < to; i++) {
      hasUpper |= Character.isUpperCase(text.charAt(i));
      hasLower |= Character.isLowerCase(text.charAt(i));
    }
    return hasUpper && hasLower && digits(text, from, to) >= RANDOM_DIGITS;
  }

  private static int digits(String text, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits;
  }

  private static int tokenEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (isAlphanumeric(text, end) || "_.+/=~-".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private static int alphanumericEnd(String text, int from) {
    int end = from;
    while (isAlphanumeric(text, end)) {
      end++;
    }
    return end;
  }

  private static boolean isAlphanumeric(String text, int index) {
    return index < text.length() && isAlphanumeric(text.charAt(index));
  }

  /** True for letters and digits of ASCII. */
  static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
