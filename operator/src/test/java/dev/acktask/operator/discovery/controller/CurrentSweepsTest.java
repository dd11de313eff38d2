package dev.acktask.operator.discovery.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.text.Parsed;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CurrentSweepsTest {
  private static final ResourceID ID = new ResourceID("all", "shop");
  private static final SweepResult RESULT =
      new SweepResult.Tasks(ConnectionKey.cluster("eu"), Instant.EPOCH, 1, "c1", List.of(), true);

  private final Map<ResourceID, DiscoveryState> states = new HashMap<>();
  private final List<String> received = new ArrayList<>();
  private final DiscoveryState state = new DiscoveryState("u1");
  private final CurrentSweeps sweeps = new CurrentSweeps(new Recorder(), states::get);

  @Test
  void shouldPassOnTheResultsOfTheCurrentVersion() {
    states.put(ID, state);
    SweepInbox inbox = inbox();

    sweeps.begin(ID, state, 1, inbox);
    sweeps.swept(ID, state, inbox, RESULT);

    assertEquals(List.of("forget", "swept"), received);
  }

  @Test
  void shouldPassOnNoLateResultOfAnEarlierVersion() {
    // given
    states.put(ID, state);
    SweepInbox earlier = inbox();
    sweeps.begin(ID, state, 1, earlier);
    sweeps.begin(ID, state, 2, inbox());

    // when
    sweeps.swept(ID, state, earlier, RESULT);

    // then
    assertEquals(List.of("forget", "forget"), received);
  }

  @Test
  void shouldPassOnNoResultWhileSuspended() {
    states.put(ID, state);
    SweepInbox inbox = inbox();
    sweeps.begin(ID, state, 1, inbox);

    sweeps.begin(ID, state, 2, null);
    sweeps.swept(ID, state, inbox, RESULT);

    assertEquals(List.of("forget", "forget"), received);
  }

  @Test
  void shouldPassOnNoResultOfADeletedDiscovery() {
    states.put(ID, state);
    SweepInbox inbox = inbox();
    sweeps.begin(ID, state, 1, inbox);

    sweeps.end(ID, states.remove(ID));
    sweeps.swept(ID, state, inbox, RESULT);

    assertEquals(List.of("forget", "forget"), received);
  }

  @Test
  void shouldContinueAfterAFailureOfTheListener() {
    // given
    CurrentSweeps failing = new CurrentSweeps(new FailingListener(), states::get);
    states.put(ID, state);
    SweepInbox inbox = inbox();

    // when
    failing.begin(ID, state, 1, inbox);
    failing.swept(ID, state, inbox, RESULT);
    failing.end(ID, null);

    // then
    assertEquals(inbox, state.inbox().orElseThrow());
  }

  private static SweepInbox inbox() {
    DiscoverySpec spec =
        DiscoverySpec.builder()
            .clusters(new DiscoverySpec.Clusters(List.of("c1"), null, null))
            .build();
    return new SweepInbox(
        ((Parsed.Valid<DiscoverySettings>) DiscoverySettings.parse(spec)).value(),
        Clock.systemUTC());
  }

  private final class Recorder implements DiscoverySweepListener {
    @Override
    public void swept(ResourceID discovery, SweepResult result) {
      received.add("swept");
    }

    @Override
    public void forget(ResourceID discovery) {
      received.add("forget");
    }
  }

  private static final class FailingListener implements DiscoverySweepListener {
    @Override
    public void swept(ResourceID discovery, SweepResult result) {
      throw new StackOverflowError();
    }

    @Override
    public void forget(ResourceID discovery) {
      throw new IllegalStateException("defect");
    }
  }
}
