package org.spillway.smtp.mina;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.spillway.spool.Receipt;

/**
 * Accepts per second over loopback with nothing on disk; no test. Arguments: sessions, seconds,
 * then {@code pipelined} or {@code plain}, or {@code serve} to wait for another load generator.
 */
final class AcceptBench {
  private static final String BODY = ("x".repeat(76) + "\r\n").repeat(131); // 10 KiB
  private static final byte[] CONTENT =
      ("From: a@b.c\r\nTo: x@example.com\r\nSubject: bench\r\n\r\n" + BODY + ".\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private AcceptBench() {}

  public static void main(String[] args) throws Exception {
    int sessions = Integer.parseInt(args[0]);
    long seconds = Long.parseLong(args[1]);
    try (Lab lab = Lab.clear("sessionsPerAddress=2000 messagesPerSession=100000000")) {
      System.out.println("port " + lab.listener.port());
      if (args[2].equals("serve")) {
        Thread.currentThread().join();
      }
      lab.world.spool.receipt = id -> new Receipt.Full("not kept, or the heap would fill: " + id);
      boolean pipelined = args[2].equals("pipelined");
      for (int round = 0; round < 3; round++) {
        run(lab, sessions, seconds, pipelined);
      }
    }
  }

  private static void run(Lab lab, int sessions, long seconds, boolean pipelined)
      throws InterruptedException {
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    AtomicLong messages = new AtomicLong();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long cpu = os.getProcessCpuTime();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      clients.add(Thread.ofVirtual().start(() -> client(lab, end, pipelined, messages)));
    }
    for (Thread client : clients) {
      client.join();
    }
    double used = (os.getProcessCpuTime() - cpu) / 1e9;
    System.out.printf(
        "%d sessions: %.0f messages/s, %.3f CPU s per 1000 with the client%n",
        sessions, messages.get() / (double) seconds, used * 1000 / messages.get());
  }

  private static void client(Lab lab, long end, boolean pipelined, AtomicLong messages) {
    String[] commands = {"MAIL FROM:<a@b.c>\r\n", "RCPT TO:<x@example.com>\r\n", "DATA\r\n"};
    try (Client client = lab.greeted()) {
      client.ask("EHLO client.example");
      while (System.nanoTime() < end) {
        if (pipelined) {
          client.send(String.join("", commands));
        }
        for (String command : commands) {
          if (!pipelined) {
            client.send(command);
          }
          client.reply();
        }
        client.send(CONTENT);
        client.reply();
        messages.incrementAndGet();
      }
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
