package org.spillway.dns;

import java.util.List;
import org.spillway.dns.upstream.ServerStatus;

/**
 * The resolver at one moment, for metrics and the console.
 *
 * @param asked look-ups that went to a server
 * @param cached look-ups answered from what was kept
 * @param joined look-ups that waited for the same one of another thread
 * @param stale look-ups answered past the answer's time, since no server answered
 * @param failed look-ups without an answer
 * @param kept answers kept now
 */
public record DnsStatus(
    long asked,
    long cached,
    long joined,
    long stale,
    long failed,
    int kept,
    List<ServerStatus> servers) {
  public DnsStatus {
    servers = List.copyOf(servers);
  }
}
