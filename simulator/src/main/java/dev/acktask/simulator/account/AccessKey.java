package dev.acktask.simulator.account;

import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.signature.Credential;
import java.util.Set;

/**
 * A key of an account.
 *
 * @param permitted the operations that RAM permits its owner
 */
public record AccessKey(Credential credential, Set<Operation> permitted) {
  public AccessKey {
    permitted = Set.copyOf(permitted);
  }

  /** A key that may call every operation. */
  public static AccessKey of(String accessKeyId, String accessKeySecret) {
    return of(Credential.of(accessKeyId, accessKeySecret));
  }

  /** A key that may call every operation. */
  public static AccessKey of(Credential credential) {
    return new AccessKey(credential, Operation.permissible());
  }

  /** The same key with these permissions only. */
  public AccessKey permitting(Operation... operations) {
    return new AccessKey(credential, Set.of(operations));
  }

  public String id() {
    return credential.accessKeyId();
  }
}
