package dev.acktask.operator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server decides alike about each selector, except {@code <} and {@code >}. */
final class LabelSelectorParserTest {
  private static final String NAME = "n".repeat(63);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "!a",
        "! a",
        "a=b",
        "a = b",
        "a==b",
        "a!=b",
        "a=",
        "a!=,b",
        "acktask.dev/shard=a",
        "acktask.dev/shard!=a",
        "!acktask.dev/shard",
        "a in (x)",
        "a in(x,y)",
        "a notin ( x , y )",
        "a\tin\n(x)",
        "a in ()",
        "a in (,)",
        "a in (x,)",
        "a in (,x)",
        "a in (x,,y)",
        "a in (,,,)",
        "in in (in,notin)",
        "notin",
        "!in",
        "a=in",
        "a,b=c,!d,e in (f),g notin (h,i)",
        "a-b.c-9/D_e.f-8=G_h.i-7",
        "0.1.2.domain/99 notin (10.10.100.1,tick.tack.clock)",
      })
  void shouldAcceptTheSelectorsOfKubernetes(String selector) {
    assertEquals(Optional.empty(), LabelSelectorParser.findFault(selector));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=b                | the name of a label is expected in place of \"=\"",
        ",a                | the name of a label is expected in place of \",\"",
        "a,                | the name of a label is expected in place of the end",
        "a,,b              | the name of a label is expected in place of \",\"",
        "!                 | the name of a label is expected in place of the end",
        "!!a               | the name of a label is expected in place of \"!\"",
        "!a=b              | a comma is expected in place of \"=\"",
        "!a in (b)         | a comma is expected in place of \"in\"",
        "a b               | =, ==, !=, in, notin or a comma is expected in place of \"b\"",
        "a>1               | =, ==, !=, in, notin or a comma is expected in place of \">\"",
        "a<1               | =, ==, !=, in, notin or a comma is expected in place of \"<\"",
        "a IN (b)          | =, ==, !=, in, notin or a comma is expected in place of \"IN\"",
        "a===b             | a value is expected in place of \"=\"",
        "a=!b              | a value is expected in place of \"!\"",
        "a=b=c             | a comma is expected in place of \"=\"",
        "a=b c             | a comma is expected in place of \"c\"",
        "a=b&c=d           | \"b&c\" is not the value of a label",
        "a in              | ( and values is expected in place of the end",
        "a in b            | ( and values is expected in place of \"b\"",
        "a in (            | a value or ) is expected in place of the end",
        "a in (b           | a comma or ) is expected in place of the end",
        "a in (b c)        | a comma or ) is expected in place of \"c\"",
        "a in (b,,)        | a value is expected in place of \")\"",
        "a in (!b)         | a value or ) is expected in place of \"!\"",
        "a in (b)c         | a comma is expected in place of \"c\"",
        "a in (b))         | a comma is expected in place of \")\"",
        "(a)               | the name of a label is expected in place of \"(\"",
        "-a                | \"-a\" is not the name of a label",
        "a_                | \"a_\" is not the name of a label",
        "/a                | \"/a\" is not the name of a label",
        "a/                | \"a/\" is not the name of a label",
        "a/b/c             | \"a/b/c\" is not the name of a label",
        "Acktask.dev/shard | \"Acktask.dev/shard\" is not the name of a label",
        "a..b/c            | \"a..b/c\" is not the name of a label",
        "größe             | \"größe\" is not the name of a label",
        "a=-b              | \"-b\" is not the value of a label",
        "a=b/c             | \"b/c\" is not the value of a label",
        "a='b'             | \"'b'\" is not the value of a label",
        "a in (b,ü)        | \"ü\" is not the value of a label",
      },
      quoteCharacter = '\0')
  void shouldNameTheFirstMistake(String selector, String fault) {
    assertEquals(Optional.of(fault), LabelSelectorParser.findFault(selector));
  }

  @Test
  void shouldLimitTheLengthOfNamesAndValues() {
    assertValid(NAME + "=" + NAME);
    assertInvalid(NAME + "n");
    assertInvalid("a=" + NAME + "n");
    assertValid("p".repeat(253) + "/" + NAME);
    assertInvalid("p".repeat(254) + "/a");
  }

  @Test
  void shouldLimitTheLengthOfTheSelector() {
    String longest = "a=b" + ",a=b".repeat(255);
    assertValid(longest);
    assertEquals(
        Optional.of("it is longer than 1024 characters"),
        LabelSelectorParser.findFault(longest + ",a"));
  }

  private static void assertValid(String selector) {
    assertEquals(Optional.empty(), LabelSelectorParser.findFault(selector));
  }

  private static void assertInvalid(String selector) {
    assertTrue(LabelSelectorParser.findFault(selector).isPresent(), selector);
  }
}
