package org.spillway.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A recursive resolver that knows what the test put in, on UDP and TCP of one free port. */
final class NameServer implements AutoCloseable {
  /** What the server makes of its own answer: datagrams to send instead. */
  interface Play {
    List<byte[]> instead(Message query, Message answer) throws IOException;
  }

  final List<String> questions = new CopyOnWriteArrayList<>();
  volatile boolean silent;
  volatile boolean truncates;
  volatile boolean proved;
  volatile int rcode = Rcode.NOERROR;
  volatile Play play = (_, answer) -> List.of(answer.toWire());
  private final List<Zone> zones = new CopyOnWriteArrayList<>();
  private final Map<Name, String> failing = new ConcurrentHashMap<>();
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  NameServer() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    tcp = new ServerSocket(0, 10, loopback);
    udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
    zones.add(new Zone(Name.root));
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  String address() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  /** Adds a record to the root zone. */
  NameServer add(String name, String type, String data, long ttl) throws IOException {
    zones.getFirst().add(record(name, type, data, ttl));
    return this;
  }

  static Record record(String name, String type, String data, long ttl) throws IOException {
    Name owner = Name.fromString(name, Name.root);
    return Record.fromString(owner, Type.value(type), DClass.IN, ttl, data, Name.root);
  }

  /** Adds a zone as text, as {@link org.spillway.testing.FakeDns#zone} reads it. */
  NameServer zone(String text) throws IOException {
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      String[] part = line.split("\\s+", 3);
      switch (part[1]) {
        case "FAIL" -> failing.put(Name.fromString(part[0], Name.root), part[2]);
        case "TXT" -> add(part[0], "TXT", "\"" + part[2].replace("\"", "\\\"") + "\"", 300);
        case "PTR" -> add(ReverseMap.fromAddress(part[0]).toString(), "PTR", part[2], 300);
        default -> add(part[0], part[1], part[2], 300);
      }
    }
    return this;
  }

  /** Serves other zones than the root zone of before. */
  NameServer serve(List<Zone> others) {
    zones.clear();
    zones.addAll(others);
    return this;
  }

  private void serveUdp() {
    try {
      while (!udp.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        udp.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        Message answer = answer(query, "udp");
        if (!silent) {
          for (byte[] datagram : play.instead(query, answer)) {
            udp.send(new DatagramPacket(datagram, datagram.length, packet.getSocketAddress()));
          }
        }
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] bytes = in.readNBytes(in.readUnsignedShort());
        byte[] answer = answer(new Message(bytes), "tcp").toWire();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (IOException closed) {
        continue;
      }
    }
  }

  private Message answer(Message query, String over) {
    Record question = query.getQuestion();
    questions.add(over + " " + Type.string(question.getType()) + " " + question.getName());
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    if (proved && (query.getHeader().getFlag(Flags.AD) || wantsProof(query))) {
      answer.getHeader().setFlag(Flags.AD);
    }
    if (truncates && over.equals("udp")) {
      answer.getHeader().setFlag(Flags.TC);
    } else if (rcode != Rcode.NOERROR) {
      answer.getHeader().setRcode(rcode);
    } else {
      fill(answer, question, wantsProof(query));
    }
    return answer;
  }

  private static boolean wantsProof(Message query) {
    return query.getOPT() != null && (query.getOPT().getFlags() & ExtendedFlags.DO) != 0;
  }

  private void fill(Message answer, Record question, boolean proofs) {
    List<Name> seen = new ArrayList<>();
    Name name = question.getName();
    while (!seen.contains(name)) {
      seen.add(name);
      if (failing.containsKey(name)) {
        answer.getHeader().setRcode(Rcode.SERVFAIL);
        return;
      }
      Zone zone = zoneOf(name, question.getType());
      List<Record> found = zone.at(name, question.getType());
      if (!found.isEmpty()) {
        put(answer, found, Section.ANSWER, proofs);
        return;
      }
      List<Record> synthesized = zone.synthesized(name, question.getType());
      if (!synthesized.isEmpty()) {
        put(answer, synthesized, Section.ANSWER, proofs);
        List<Record> denial =
            zone.denial(name).stream()
                .filter(r -> r.getType() == Type.NSEC || r.getRRsetType() == Type.NSEC)
                .toList();
        put(answer, denial, Section.AUTHORITY, proofs);
        return;
      }
      List<Record> alias = zone.at(name, Type.CNAME);
      if (alias.isEmpty()) {
        answer.getHeader().setRcode(zone.exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN);
        put(answer, zone.denial(name), Section.AUTHORITY, proofs);
        return;
      }
      put(answer, alias, Section.ANSWER, proofs);
      name = ((CNAMERecord) alias.getFirst()).getTarget();
    }
  }

  private static void put(Message answer, List<Record> records, int section, boolean proofs) {
    for (Record record : records) {
      if (proofs || !(record instanceof RRSIGRecord || record instanceof NSECRecord)) {
        answer.addRecord(record, section);
      }
    }
  }

  /** The zone nearest to a name; the one above where a zone's DS is asked for. */
  private Zone zoneOf(Name name, int type) {
    return zones.stream()
        .filter(z -> name.subdomain(z.origin))
        .filter(z -> type != Type.DS || !name.equals(z.origin) || name.equals(Name.root))
        .max((a, b) -> Integer.compare(a.origin.labels(), b.origin.labels()))
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
