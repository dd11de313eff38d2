package dev.acktask.operator.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that {@code NO_PROXY} excludes, with the rules of Go's httpproxy: a list
 * separated by commas, spaces around entries ignored; {@code *}; IP addresses and CIDR blocks,
 * which cover addresses only and no names that resolve to them; names, which cover their
 * subdomains, or with a leading {@code .} or {@code *.} their subdomains only; all but blocks with
 * a port where wanted. Two things are read that Go ignores: brackets around an IPv6 address without
 * a port, and a dot at the end of a name.
 */
final class NoProxyRules {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:\\[\\]]*):([0-9]{1,5})");
  private static final Pattern BLOCK = Pattern.compile("([^/]+)/([0-9]{1,3})");
  private static final Pattern NAME =
      Pattern.compile("(\\*?\\.)?[^\\s/*:\\[\\]@.][^\\s/*:\\[\\]@]*");
  private static final int MAX_REPORTED = 60;

  private sealed interface Rule {
    boolean covers(String host, @Nullable InetAddress address, int port);
  }

  private record Everything() implements Rule {
    @Override
    public boolean covers(String host, @Nullable InetAddress address, int port) {
      return true;
    }
  }

  private record Block(CidrBlock block) implements Rule {
    @Override
    public boolean covers(String host, @Nullable InetAddress address, int port) {
      return address != null && block.contains(address.getAddress());
    }
  }

  private record Address(InetAddress wanted, String atPort) implements Rule {
    @Override
    public boolean covers(String host, @Nullable InetAddress address, int port) {
      return wanted.equals(address) && isPort(atPort, port);
    }
  }

  private record Name(String dotted, boolean itself, String atPort) implements Rule {
    @Override
    public boolean covers(String host, @Nullable InetAddress address, int port) {
      return (host.endsWith(dotted) || (itself && host.equals(dotted.substring(1))))
          && isPort(atPort, port);
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private NoProxyRules() {}

  static NoProxyRules parse(String list) {
    NoProxyRules parsed = new NoProxyRules();
    for (String item : list.split(",", -1)) {
      String entry = item.strip().toLowerCase(Locale.ROOT);
      if (!entry.isEmpty()) {
        rule(entry)
            .ifPresentOrElse(
                parsed.rules::add,
                () ->
                    parsed.ignored.add(entry.substring(0, Math.min(MAX_REPORTED, entry.length()))));
      }
    }
    return parsed;
  }

  private static Optional<Rule> rule(String entry) {
    if (entry.equals("*")) {
      return Optional.of(new Everything());
    }
    Matcher block = BLOCK.matcher(entry);
    if (block.matches()) {
      InetAddress prefix = address(block.group(1));
      int bits = Integer.parseInt(block.group(2));
      return prefix == null || bits > 8 * prefix.getAddress().length
          ? Optional.empty()
          : Optional.of(new Block(new CidrBlock(prefix, bits)));
    }
    Matcher withPort = WITH_PORT.matcher(entry);
    String host = withPort.matches() ? withPort.group(1) : entry;
    String port = withPort.matches() ? withPort.group(2) : "";
    InetAddress address = address(host);
    if (address != null) {
      return Optional.of(new Address(address, port));
    }
    if (!NAME.matcher(host).matches()) {
      return Optional.empty();
    }
    String name = withoutFinalDot(host.startsWith("*.") ? host.substring(1) : host);
    boolean isDotted = name.startsWith(".");
    return Optional.of(new Name(isDotted ? name : "." + name, !isDotted, port));
  }

  private static boolean isPort(String wanted, int port) {
    return wanted.isEmpty() || Integer.parseInt(wanted) == port;
  }

  private static String withoutFinalDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** An address that is written out; null for a name, which is never resolved. */
  private static @Nullable InetAddress address(String host) {
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    String text = isBracketed ? host.substring(1, host.length() - 1) : host;
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text); // no DNS query: it is an address or malformed
    } catch (UnknownHostException malformed) {
      return null;
    }
  }

  /** True if {@code host} is on this machine, or an entry excludes it. */
  boolean cover(String host, int port) {
    String name = withoutFinalDot(host.toLowerCase(Locale.ROOT));
    InetAddress address = address(name);
    return name.equals("localhost")
        || (address != null && address.isLoopbackAddress())
        || rules.stream().anyMatch(rule -> rule.covers(name, address, port));
  }

  List<String> ignored() {
    return List.copyOf(ignored);
  }
}
