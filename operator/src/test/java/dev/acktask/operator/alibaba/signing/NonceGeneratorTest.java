package dev.acktask.operator.alibaba.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NonceGeneratorTest {
  private static final int MANY = 100_000;

  @Test
  void shouldNeverRepeatANonceAcrossProcesses() {
    Set<String> generated = new HashSet<>();
    Stream.of(new NonceGenerator(), new NonceGenerator(), new NonceGenerator())
        .forEach(nonces -> Stream.generate(nonces).limit(MANY).forEach(generated::add));
    assertEquals(3 * MANY, generated.size());
  }

  @Test
  void shouldGenerate32HexadecimalDigits() {
    String nonce = new NonceGenerator().get();
    assertTrue(nonce.matches("[0-9a-f]{32}"), nonce);
  }
}
