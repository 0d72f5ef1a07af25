package org.spillway.route;

/**
 * A host of a site as the configuration names it.
 *
 * @param host a name or an IP address
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
