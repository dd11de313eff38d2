package dev.acktask.simulator.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionFromManifest implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Package jar = VersionFromManifest.class.getPackage();
    String version = Optional.ofNullable(jar.getImplementationVersion()).orElse("unpackaged");
    return new String[] {"acktask-simulator " + version};
  }
}
