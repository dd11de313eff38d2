package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.Credentials;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.SecretRef;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus.Tasks;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionEvaluatorIdentityTest extends ConnectionEvaluatorTestCase {
  @Test
  void shouldNameTheKindOfTheIdentity() {
    assertEquals("Secret", identity(new Credentials(new SecretRef("key"), null)));
    assertEquals("WorkloadIdentity", identity(new Credentials(null, workload())));
    assertEquals("OperatorRole", identity(null));
  }

  @Test
  void shouldNameNoIdentityWhenItIsNotClear() {
    assertNull(identity(new Credentials(null, null)));
    assertNull(identity(new Credentials(new SecretRef("key"), workload())));
  }

  @Test
  void shouldNameNoIdentityWhenTheOperatorHasNone() {
    spec = ConnectionSpec.builder().regionId("cn-hangzhou").build();

    ConnectionDecision decision =
        new ConnectionEvaluator(Optional.empty()).evaluate(snapshot(), state(), tasks, now);

    assertNull(decision.status().identity());
  }

  @Test
  void shouldNameTheAccountOnceItIsKnownAndKeepIt() {
    // given
    assertNull(write().account());

    // when
    account = Optional.of("1000000000000001");
    write();
    account = Optional.empty(); // a restart

    // then
    assertEquals("1000000000000001", write().account());
    generation = 2;
    assertNull(write().account());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1\n2"})
  void shouldNameNoAccountThatTheSchemaWouldRefuse(String odd) {
    account = Optional.of(odd);
    assertNull(write().account());
    account = Optional.of("1".repeat(65));
    assertNull(write().account());
  }

  @Test
  void shouldCountTheTasksOnceTheyAreKnown() {
    // given
    assertEquals(new Tasks(3, 2), write().tasks());

    // when
    tasks = Optional.empty(); // a restart

    // then
    assertEquals(new Tasks(3, 2), write().tasks());
    tasks = Optional.of(new Tasks(4, 0));
    assertEquals(new Tasks(4, 0), write().tasks());
  }
}
