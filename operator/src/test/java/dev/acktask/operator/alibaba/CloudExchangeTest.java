package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.HttpAnswer.Body;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies at and above the size limit, in plaintext and over TLS. */
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = {false, true})
final class CloudExchangeTest extends WireTestCase {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 20001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nx"
      })
  void shouldReadNothingOfABodyThatIsTooLarge(String bytes) {
    server.answering(bytes);

    assertInstanceOf(Body.TooLarge.class, client.answer().body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 500 Error\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4e21\r\n"
      })
  void shouldStopWhenABodyGrowsTooLarge(String head) {
    server.answering(head + "x".repeat(WireClient.MAX_BYTES + 1));

    assertInstanceOf(Body.TooLarge.class, client.answer().body());
    assertInstanceOf(Body.TooLarge.class, client.answer().body());
    assertEquals(2, server.connections());
  }

  @Test
  void shouldReadABodyOfExactlyTheLimit() {
    server.answering(HEAD + "Content-Length: 20000\r\n\r\n" + "x".repeat(WireClient.MAX_BYTES));

    assertEquals(WireClient.MAX_BYTES, client.body().length());
  }
}
