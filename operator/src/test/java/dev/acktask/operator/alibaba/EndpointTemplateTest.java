package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTemplateTest {
  private static final String PUBLIC = "https://cs.{region}.aliyuncs.com";

  @Test
  void shouldPutTheRegionWhereTheTemplateSays() {
    Endpoint endpoint = template(PUBLIC).endpoint("cn-shanghai-finance-1").orElseThrow();

    assertEquals("cs.cn-shanghai-finance-1.aliyuncs.com", endpoint.origin().authority());
    assertEquals(AddressRange.PUBLIC, endpoint.addresses());
  }

  @ParameterizedTest
  @Tag("F100")
  @ValueSource(
      strings = {
        "",
        "c",
        "cn.evil",
        "CN-HANGZHOU",
        "cn_hangzhou",
        "-cn",
        "cn-",
        "cn hangzhou",
        "evil.com/",
        "evil.com#",
        "evil.com?",
        "x@evil.com",
        "evil.com:8443",
        "ｃｎ-hangzhou",
        "cn。evil",
        "cn%2e",
        "a\\b",
        "cn\n",
        "../cn",
        "{region}"
      })
  void shouldRefuseWhenTheRegionWouldChangeTheHost(String region) {
    assertTrue(template(PUBLIC).endpoint(region).isEmpty());
  }

  @Test
  void shouldRefuseRegionsOfMoreThan64Characters() {
    assertTrue(template("https://{region}.example.com").endpoint("a".repeat(65)).isEmpty());
    assertTrue(template("https://{region}.example.com").endpoint("a".repeat(63)).isPresent());
  }

  @ParameterizedTest
  @Tag("F100")
  @ValueSource(
      strings = {
        "http://cs.{region}.aliyuncs.com",
        "HTTPS://cs.{region}.aliyuncs.com",
        "https://user@cs.{region}.aliyuncs.com",
        "https://cs.{region}.aliyuncs.com/",
        "https://cs.{region}.aliyuncs.com/x",
        "https://cs.{region}.aliyuncs.com?x",
        "https://cs.{region}.aliyuncs.com#x",
        "https://cs.aliyuncs.com:{region}",
        "https://cs.{region}.aliyuncs.com:0",
        "https://cs.{region}.aliyuncs.com:65536",
        "https://cs.{region}.aliyuncs.com:",
        "https://CS.{region}.aliyuncs.com",
        "https://cs.{region}.aliyuncs.com..",
        "https://.{region}.aliyuncs.com",
        "https://cs。{region}.aliyuncs.com",
        "https://[::1",
        "https://[]",
        "https://[::1::2]",
        "https://[fe80::1%25eth0]",
        "https://::1",
        "https:cs.aliyuncs.com",
        "cs.{region}.aliyuncs.com",
        "ftp://cs.{region}.aliyuncs.com",
        "file:///etc/passwd",
        ""
      })
  void shouldRefuseTemplatesThatAreNotAPlainHttpsHost(String template) {
    assertThrows(
        IllegalArgumentException.class,
        () -> EndpointTemplate.parse(template, AddressRange.PUBLIC, false));
  }

  @ParameterizedTest
  @CsvSource({
    "https://cs.aliyuncs.com, cs.aliyuncs.com",
    "https://cs.aliyuncs.com:443, cs.aliyuncs.com",
    "https://cs.aliyuncs.com:8443, cs.aliyuncs.com:8443",
    "https://cs.{region}.aliyuncs.com., cs.cn-hangzhou.aliyuncs.com",
    "https://cs.aliyuncs.com.:8443, cs.aliyuncs.com:8443",
    "https://[2001:db8::1], [2001:db8::1]",
    "https://[2001:db8::1]:8443, [2001:db8::1]:8443",
    "http://localhost, localhost",
    "http://localhost:80, localhost",
    "http://127.0.0.1:8081, 127.0.0.1:8081",
    "http://localhost:443, localhost:443"
  })
  void shouldNameThePortInTheHostHeaderWhenItIsNotTheDefault(String template, String header) {
    Endpoint endpoint =
        EndpointTemplate.parse(template, AddressRange.PUBLIC, true)
            .endpoint("cn-hangzhou")
            .orElseThrow();

    assertEquals(header, endpoint.origin().authority());
  }

  @Test
  void shouldCheckNoAddressesWhenPlaintextIsAllowed() {
    assertEquals(
        AddressRange.ANY,
        EndpointTemplate.parse("http://localhost:1", AddressRange.PUBLIC, true)
            .endpoint("cn-hangzhou")
            .orElseThrow()
            .addresses());
  }

  private static EndpointTemplate template(String text) {
    return EndpointTemplate.parse(text, AddressRange.PUBLIC, false);
  }
}
