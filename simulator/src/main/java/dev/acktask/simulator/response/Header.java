package dev.acktask.simulator.response;

import java.util.List;
import java.util.Optional;

/** One header line, name and value verbatim: a fault may send what no specification allows. */
public record Header(String name, String value) {
  /** The first value of {@code name} in {@code headers}; names compare without case. */
  public static Optional<String> first(List<Header> headers, String name) {
    return headers.stream().filter(header -> header.is(name)).map(Header::value).findFirst();
  }

  public boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }
}
