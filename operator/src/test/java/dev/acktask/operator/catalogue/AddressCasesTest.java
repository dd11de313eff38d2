package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.AddressRange;
import dev.acktask.operator.alibaba.CloudClient;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F49 and F52: where a request may go, and by which way. */
final class AddressCasesTest {
  private static final String SUCCESS = SampleTask.inState("success");
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    wire = new Wire();
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  @Test
  void f49ShouldHoldWhenTheNameIsUnknown() throws IOException {
    try (CloudClient unknown =
        CloudClient.of(wire.cloud.endpoint())
            .checkingAddresses(
                AddressRange.PUBLIC,
                host -> {
                  throw new UnknownHostException(host);
                })
            .build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, unknown.describe(SampleTask.ID));
    }
  }

  @Test
  void f49ShouldEndWhenDnsDoesNotAnswer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (CloudClient unanswered =
        CloudClient.of(wire.cloud.endpoint())
            .timeout(Wire.BRIEF)
            .checkingAddresses(
                AddressRange.PUBLIC,
                host -> {
                  awaitQuietly(never);
                  return new InetAddress[0];
                })
            .build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, unanswered.describe(SampleTask.ID));
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "fd00::1", "100.100.100.200"})
  void f49ShouldSendNothingWhenOneAddressIsNotAllowed(String address) throws IOException {
    try (CloudClient checked =
        CloudClient.of(wire.cloud.endpoint())
            .checkingAddresses(
                AddressRange.PUBLIC,
                host ->
                    new InetAddress[] {
                      InetAddress.getByName("47.97.242.1"), InetAddress.getByName(address)
                    })
            .build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, checked.describe(SampleTask.ID));
    }
    assertEquals(List.of(), wire.cloud.served());
  }

  @Test
  void f52ShouldIgnoreProxySettings() {
    List<String> names = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");
    names.forEach(name -> System.setProperty(name, "proxy.invalid"));
    try (CloudClient direct = CloudClient.of(wire.cloud.endpoint()).build()) {
      wire.cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS));

      assertTrue(direct.describe(SampleTask.ID) instanceof Found);
    } finally {
      names.forEach(System::clearProperty);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
