package dev.acktask.operator.alibaba.response;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Almost correct answers: bytes and tokens of a body, changed at random. */
final class Mutants {
  /**
   * Pieces that tend to break parsers: structure, hostile strings, numbers, other states and ids.
   */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "'",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\u001b",
          "\u202e",
          "\ufeff",
          "é",
          "😀",
          "null",
          "true",
          "1",
          "-0",
          "1e400",
          "NaN",
          "0x1",
          "/*",
          "//",
          "#",
          ")]}'",
          " ",
          "\n",
          "\"state\"",
          "\"state\":\"success\"",
          "\"state\":\"failed\",",
          "\"task_id\"",
          "\"task_id\":\"T-other\",",
          "\"success\"",
          "\"failed\"",
          "success",
          "\"\"",
          "{}",
          "[]",
          "[[[[[[[[",
          "{\"a\":",
          "\"code\":\"Throttling\",",
          "${jndi:x}",
          "%s",
          "{{");

  private final Random random;
  private final byte[] original;

  Mutants(long seed, String original) {
    this.random = new Random(seed);
    this.original = original.getBytes(StandardCharsets.UTF_8);
  }

  byte[] next() {
    byte[] mutant = original;
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      mutant = change(mutant);
    }
    return mutant;
  }

  private byte[] change(byte[] body) {
    int at = random.nextInt(body.length + 1);
    int to = Math.min(body.length, at + random.nextInt(1 + random.nextInt(40)));
    return switch (random.nextInt(6)) {
      case 0 -> splice(body, at, at, piece());
      case 1 -> splice(body, at, to, piece());
      case 2 -> splice(body, at, to, new byte[0]);
      case 3 -> splice(body, at, at, slice(body));
      case 4 -> splice(body, at, Math.min(body.length, at + 1), anyByte());
      default -> splice(body, at, body.length, random.nextInt(8) == 0 ? new byte[0] : slice(body));
    };
  }

  private byte[] piece() {
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return piece.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] anyByte() {
    return new byte[] {(byte) random.nextInt(256)};
  }

  private byte[] slice(byte[] body) {
    int from = random.nextInt(body.length + 1);
    int to = Math.min(body.length, from + random.nextInt(60));
    return java.util.Arrays.copyOfRange(body, from, to);
  }

  private static byte[] splice(byte[] body, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + instead.length);
    out.write(body, 0, from);
    out.writeBytes(instead);
    out.write(body, to, body.length - to);
    return out.toByteArray();
  }
}
