package dev.acktask.simulator.cli;

import dev.acktask.simulator.SimulatorBuilder;
import dev.acktask.simulator.tls.ServerIdentity;
import dev.acktask.simulator.tls.TlsException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about where and how the simulator listens. */
final class ServerOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port to listen on; 0, the default, takes a free one.")
  int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  InetAddress bind = InetAddress.getLoopbackAddress();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = {
        "Speak TLS with the certificate in FILE (PEM, with its chain), instead of plain HTTP.",
        "Together with --tls-key."
      })
  Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its private key (PEM). Do not use one of a real server.")
  Optional<Path> key = Optional.empty();

  /** Applies the options; a wrong one is reported as bad input. */
  SimulatorBuilder applyTo(SimulatorBuilder builder) {
    if (port < 0 || port > 65_535) {
      throw bad("--port takes a number from 0 to 65535");
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw bad("--tls-certificate and --tls-key are given together");
    }
    builder.bind(bind).port(port);
    try {
      certificate
          .map(file -> ServerIdentity.load(file, key.orElseThrow()).context())
          .ifPresent(builder::tls);
    } catch (TlsException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
    return builder;
  }

  private ParameterException bad(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
