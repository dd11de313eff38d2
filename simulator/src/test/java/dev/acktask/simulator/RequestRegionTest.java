package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.response.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The region that a Host header names. */
class RequestRegionTest {
  private static Optional<String> of(Header... headers) {
    return RequestRegion.of(new Request("GET", "/", "HTTP/1.1", List.of(headers), "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "cs.cn-hangzhou.aliyuncs.com, cn-hangzhou",
    "cs-vpc.cn-beijing.aliyuncs.com, cn-beijing",
    "cs-anony-vpc.ap-southeast-1.aliyuncs.com, ap-southeast-1",
    "sts.eu-central-1.aliyuncs.com, eu-central-1",
    "CS.CN-Hangzhou.localhost:8080, cn-hangzhou",
    "cs.cn-zhengzhou-jva.cloud.svc.cluster.local:443, cn-zhengzhou-jva"
  })
  void shouldBeTheSecondLabelOfACloudHost(String host, String region) {
    assertEquals(Optional.of(region), of(new Header("Host", host)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:8080",
        "[::1]:8080",
        "localhost",
        "cs.aliyuncs.com",
        "cs.cn-hangzhou",
        "cs.cn-hangzhou.",
        "api.cn-hangzhou.example",
        "acktask-simulator.some-namespace.svc"
      })
  void shouldBeAbsentForOtherHosts(String host) {
    assertEquals(Optional.empty(), of(new Header("Host", host)));
  }

  @Test
  void shouldBeAbsentWithoutAHost() {
    assertEquals(Optional.empty(), of());
  }
}
