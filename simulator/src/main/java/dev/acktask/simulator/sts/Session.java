package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.signature.Credential;
import java.time.Instant;

/** An issued session of a role. */
record Session(Credential credential, RamArn role, String name, Instant expiration) {
  String keyId() {
    return credential.accessKeyId();
  }
}
