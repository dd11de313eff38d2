package dev.acktask.operator.alibaba.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleArnTest {
  @Test
  void shouldFindTheAccountOfARole() {
    assertEquals(
        Optional.of("1000000000000001"),
        RoleArn.accountId("acs:ram::1000000000000001:role/reader"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reader",
        "acs:ram:::role/reader",
        "acs:ram::1:user/reader",
        "acs:ram::1:role/",
        "acs:ram::1:role/a/b",
        "acs:ram::1a:role/reader",
        "acs:ram::1:role/reader\n",
        " acs:ram::1:role/reader"
      })
  void shouldFindNoAccountInAnotherText(String text) {
    assertEquals(Optional.empty(), RoleArn.accountId(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"acs:ram::1:role/reader/acktask-operator", "acs:sts::1:assumed-role/reader/s"})
  void shouldFindTheAccountOfASession(String arn) {
    assertEquals(Optional.of("1"), RoleArn.accountIdOfSession(arn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acs:sts::1:role/reader/s", "acs:ram::x:role/reader/s"})
  void shouldFindNoAccountInTheNameOfSomethingElse(String arn) {
    assertEquals(Optional.empty(), RoleArn.accountIdOfSession(arn));
  }
}
