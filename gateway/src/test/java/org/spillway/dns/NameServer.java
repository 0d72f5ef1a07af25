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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A recursive resolver that knows what the test put in, on UDP and TCP of one free port. */
final class NameServer implements AutoCloseable {
  final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
  final List<String> questions = new CopyOnWriteArrayList<>();
  volatile boolean silent;
  volatile boolean truncates;
  volatile int rcode = Rcode.NOERROR;
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  NameServer() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    tcp = new ServerSocket(0, 10, loopback);
    udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  String address() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  void add(String name, String type, String data, long ttl) throws IOException {
    Name owner = Name.fromString(name + ".");
    Record record = Record.fromString(owner, Type.value(type), DClass.IN, ttl, data, Name.root);
    records.computeIfAbsent(owner, _ -> new CopyOnWriteArrayList<>()).add(record);
  }

  private void serveUdp() {
    try {
      while (!silent || !udp.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        udp.receive(packet);
        if (silent) {
          continue;
        }
        byte[] bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(new Message(bytes), "udp").toWire();
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
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

  private Message answer(Message query, String over) throws IOException {
    Record question = query.getQuestion();
    questions.add(over + " " + Type.string(question.getType()) + " " + question.getName());
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    if (truncates && over.equals("udp")) {
      answer.getHeader().setFlag(Flags.TC);
    } else if (rcode != Rcode.NOERROR) {
      answer.getHeader().setRcode(rcode);
    } else {
      fill(answer, question);
    }
    return answer;
  }

  private void fill(Message answer, Record question) throws IOException {
    Name name = question.getName();
    List<Record> known = records.get(name);
    if (known == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      Name soa = Name.fromString("test.");
      answer.addRecord(
          new SOARecord(soa, DClass.IN, 60, soa, soa, 1, 60, 60, 60, 60), Section.AUTHORITY);
      return;
    }
    for (Record record : known) {
      if (record.getType() == question.getType()) {
        answer.addRecord(record, Section.ANSWER);
      } else if (record instanceof CNAMERecord alias) {
        answer.addRecord(alias, Section.ANSWER);
        for (Record target : records.getOrDefault(alias.getTarget(), List.of())) {
          if (target.getType() == question.getType()) {
            answer.addRecord(target, Section.ANSWER);
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
