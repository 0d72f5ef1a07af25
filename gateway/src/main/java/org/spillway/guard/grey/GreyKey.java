package org.spillway.guard.grey;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.spillway.mail.Address;
import org.spillway.mail.Network;
import org.spillway.mail.ReversePath;

/** Half a SHA-256 of a triplet or of a network, so that the file holds no addresses. */
record GreyKey(long high, long low) {
  static GreyKey triplet(Network network, ReversePath from, Address to) {
    MessageDigest digest = start((byte) 't', network);
    digest.update(from.address().map(Address::key).orElse("").getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(to.key().getBytes(StandardCharsets.UTF_8));
    return of(digest);
  }

  static GreyKey network(Network network) {
    return of(start((byte) 'n', network));
  }

  static Network around(InetAddress client, GreySettings settings) {
    boolean four = client.getAddress().length == 4;
    return Network.around(client, four ? settings.ipv4Prefix() : settings.ipv6Prefix());
  }

  private static MessageDigest start(byte kind, Network network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(kind);
      digest.update((byte) network.prefix());
      digest.update(network.base().getAddress());
      return digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }

  private static GreyKey of(MessageDigest digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new GreyKey(bytes.getLong(), bytes.getLong());
  }
}
