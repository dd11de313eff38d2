package dev.acktask.operator.alibaba;

import static dev.acktask.operator.text.ParsedAssertions.assertInvalid;
import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.RegionId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTemplateTest {
  private static final String PUBLIC = "https://cs.{region}.aliyuncs.com";

  @Test
  void shouldReplaceTheRegionPlaceholder() {
    Endpoint endpoint =
        template(PUBLIC).endpoint(new RegionId("cn-shanghai-finance-1")).orElseThrow();

    assertEquals("cs.cn-shanghai-finance-1.aliyuncs.com", endpoint.origin().authority());
    assertEquals(AddressPolicy.PUBLIC, endpoint.addresses());
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
    assertTrue(RegionId.parse(region).flatMap(template(PUBLIC)::endpoint).isEmpty());
  }

  @Test
  void shouldRefuseRegionsOfMoreThan64Characters() {
    EndpointTemplate template = template("https://{region}.example.com");

    assertTrue(RegionId.parse("a".repeat(65)).isEmpty());
    assertTrue(template.endpoint(new RegionId("a".repeat(64))).isEmpty(), "no DNS label");
    assertTrue(template.endpoint(new RegionId("a".repeat(63))).isPresent());
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
    assertEquals(
        1, assertInvalid(EndpointTemplate.parse(template, AddressPolicy.PUBLIC, false)).size());
  }

  @ParameterizedTest
  @Tag("F91")
  @CsvSource(
      delimiter = '|',
      value = {
        "http://x             | is not https; credentials are never sent in the clear.",
        "ftp://x              | is \"ftp://x\", which is not an https URL.",
        "https://cs.{regoin}.x | holds \"{regoin}\"; the only placeholder is {region}.",
      })
  void shouldSayWhatIsWrongWithATemplate(String template, String problem) {
    assertEquals(
        List.of(problem),
        assertInvalid(EndpointTemplate.parse(template, AddressPolicy.PUBLIC, false)));
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
  void shouldIncludeANonDefaultPortInTheHostHeader(String template, String header) {
    Endpoint endpoint =
        assertValid(EndpointTemplate.parse(template, AddressPolicy.PUBLIC, true))
            .endpoint(new RegionId("cn-hangzhou"))
            .orElseThrow();

    assertEquals(header, endpoint.origin().authority());
  }

  @Test
  void shouldCheckNoAddressesWhenPlaintextIsAllowed() {
    assertEquals(
        AddressPolicy.ANY,
        assertValid(EndpointTemplate.parse("http://localhost:1", AddressPolicy.PUBLIC, true))
            .endpoint(new RegionId("cn-hangzhou"))
            .orElseThrow()
            .addresses());
  }

  private static EndpointTemplate template(String text) {
    return assertValid(EndpointTemplate.parse(text, AddressPolicy.PUBLIC, false));
  }
}
