package dev.acktask.simulator.signature;

import dev.acktask.simulator.operation.Operation;
import java.util.Optional;
import java.util.Set;

/**
 * The identity that a key belongs to.
 *
 * @param roleArn the assumed role of a session; empty for an access key of the account
 * @param permitted the operations that RAM permits
 */
public record Caller(String accountId, Optional<String> roleArn, Set<Operation> permitted) {
  public Caller {
    permitted = Set.copyOf(permitted);
  }

  public boolean may(Operation operation) {
    return permitted.contains(operation);
  }
}
