package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F49 and F52: the addresses that a request may go to. */
final class AlibabaTaskClientAddressTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  @Tag("F49")
  void shouldHoldWhenTheNameIsUnknown() throws IOException {
    try (CloudClient unknown =
        CloudClient.of(cloud.simulator.endpoint())
            .checkingAddresses(
                AddressPolicy.PUBLIC,
                host -> {
                  throw new UnknownHostException(host);
                })
            .build()) {
      LookupAssertions.unavailable(Failure.API_UNAVAILABLE, unknown.describe(SampleTask.ID));
    }
  }

  @Test
  @Tag("F49")
  void shouldTimeOutWhenDnsDoesNotAnswer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (CloudClient unanswered =
        CloudClient.of(cloud.simulator.endpoint())
            .timeout(SimulatedCloud.SHORT_TIMEOUT)
            .checkingAddresses(
                AddressPolicy.PUBLIC,
                host -> {
                  awaitQuietly(never);
                  return new InetAddress[0];
                })
            .build()) {
      LookupAssertions.unavailable(Failure.API_UNAVAILABLE, unanswered.describe(SampleTask.ID));
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @Tag("F49")
  @ValueSource(
      strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "fd00::1", "100.100.100.200"})
  void shouldSendNothingWhenOneAddressIsNotAllowed(String address) throws IOException {
    try (CloudClient checked =
        CloudClient.of(cloud.simulator.endpoint())
            .checkingAddresses(
                AddressPolicy.PUBLIC,
                host ->
                    new InetAddress[] {
                      InetAddress.getByName("47.97.242.1"), InetAddress.getByName(address)
                    })
            .build()) {
      LookupAssertions.unavailable(Failure.API_UNAVAILABLE, checked.describe(SampleTask.ID));
    }
    assertEquals(List.of(), cloud.simulator.served());
  }

  @Test
  @Tag("F52")
  void shouldIgnoreProxySystemProperties() {
    List<String> names = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");
    names.forEach(name -> System.setProperty(name, "proxy.invalid"));
    try (CloudClient direct = CloudClient.of(cloud.simulator.endpoint()).build()) {
      cloud.simulator.answers(SampleTask.ID, Response.json(200, SUCCESS));

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
