package dev.acktask.e2e.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedSecretsTest {
  @Test
  void shouldBeInTheNamespaceOfAnAckConnection() throws JsonProcessingException {
    assertEquals(
        Optional.of("team/key"),
        named(
            """
            {"metadata": {"namespace": "team", "name": "prod"},
             "spec": {"credentials": {"secretRef": {"name": "key", "namespace": "other"}}}}
            """));
  }

  @Test
  void shouldBeInTheNamespaceOfTheOperatorForAClusterAckConnection()
      throws JsonProcessingException {
    assertEquals(
        Optional.of("system/key"),
        named(
            """
            {"metadata": {"name": "prod"}, "spec": {"credentials": {"secretRef": {"name": "key"}}}}
            """));
  }

  @Test
  void shouldBeNoneWhenTheConnectionHasAnotherCredential() throws JsonProcessingException {
    assertEquals(Optional.empty(), named("{\"metadata\": {\"name\": \"prod\"}, \"spec\": {}}"));
  }

  private static Optional<String> named(String connection) throws JsonProcessingException {
    return NamedSecrets.of(new ObjectMapper().readTree(connection), "system");
  }
}
