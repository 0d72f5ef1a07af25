package org.spillway.dns.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * One question to one server over UDP (RFC 1035 §4.2.1) or TCP (§4.2.2, RFC 7766). Each goes
 * through a socket, and so a source port, of its own (RFC 5452 §9.2). Blocks the thread.
 */
final class Transport {
  private static final int MAX_DATAGRAM = 4096;
  private static final int MAX_STRANGERS = 64;

  private final InetSocketAddress server;

  Transport(InetSocketAddress server) {
    this.server = server;
  }

  /** Whether a datagram is the answer waited for. */
  interface Match {
    boolean answers(byte[] datagram);
  }

  /**
   * The first datagram from the server that answers; others do not end the wait (RFC 5452 §9.1).
   */
  byte[] udp(byte[] query, Deadline deadline, Duration timeout, Match match) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open(family())) {
      channel.connect(server);
      channel.write(ByteBuffer.wrap(query));
      DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
      for (int i = 0; i < MAX_STRANGERS && !deadline.over(); i++) {
        channel.socket().setSoTimeout(deadline.millis(timeout));
        packet.setLength(MAX_DATAGRAM);
        channel.socket().receive(packet);
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        if (match.answers(datagram)) {
          return datagram;
        }
      }
    }
    throw new SocketTimeoutException("only odd answers");
  }

  private StandardProtocolFamily family() {
    InetAddress address = server.getAddress();
    return address.getAddress().length == 4
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  /** The answer over a connection of its own. */
  byte[] tcp(byte[] query, Deadline deadline, Duration timeout) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server, deadline.millis(timeout));
      byte[] framed = new byte[query.length + 2];
      framed[0] = (byte) (query.length >> 8);
      framed[1] = (byte) query.length;
      System.arraycopy(query, 0, framed, 2, query.length);
      socket.getOutputStream().write(framed);
      byte[] length = exactly(2, socket, deadline, timeout);
      int bytes = (length[0] & 0xff) << 8 | length[1] & 0xff;
      return exactly(bytes, socket, deadline, timeout);
    }
  }

  private static byte[] exactly(int bytes, Socket socket, Deadline deadline, Duration timeout)
      throws IOException {
    byte[] read = new byte[bytes];
    InputStream in = socket.getInputStream();
    int at = 0;
    while (at < bytes) {
      if (deadline.over()) {
        throw new SocketTimeoutException("answer not whole in time");
      }
      socket.setSoTimeout(deadline.millis(timeout));
      int got = in.read(read, at, bytes - at);
      if (got < 0) {
        throw new EOFException("connection closed within the answer");
      }
      at += got;
    }
    return read;
  }
}
