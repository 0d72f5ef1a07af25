package org.spillway.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.spillway.testing.Peers;

/**
 * A Postfix of our own: its configuration, queue, log and mail are in one folder, it listens on one
 * loopback port, takes mail for every domain and keeps it as maildir.
 */
final class PostfixServer implements Mailbox, Closing {

  private static final List<String> SERVICES =
      List.of(
          "pickup unix n - n 60 1 pickup",
          "cleanup unix n - n - 0 cleanup",
          "qmgr unix n - n 300 1 qmgr",
          "tlsmgr unix - - n 1000? 1 tlsmgr",
          "rewrite unix - - n - - trivial-rewrite",
          "bounce unix - - n - 0 bounce",
          "defer unix - - n - 0 bounce",
          "trace unix - - n - 0 bounce",
          "verify unix - - n - 1 verify",
          "flush unix n - n 1000? 0 flush",
          "proxymap unix - - n - - proxymap",
          "proxywrite unix - - n - 1 proxymap",
          "smtp unix - - n - - smtp",
          "showq unix n - n - - showq",
          "error unix - - n - - error",
          "retry unix - - n - - error",
          "discard unix - - n - - discard",
          "virtual unix - n n - - virtual",
          "anvil unix - - n - 1 anvil",
          "scache unix - - n - 1 scache",
          "postlog unix-dgram n - n - 1 postlogd");

  private final Path postfix = Peers.require("postfix");
  private final Path home;
  private final int port;
  private final Maildir mail;

  /** Writes the configuration; {@code more} is added to main.cf. */
  PostfixServer(Path home, List<String> more) throws IOException {
    Peers.requireRoot();
    this.home = home;
    this.port = Ports.free();
    mail = new Maildir(home.resolve("mail"));
    for (String folder : List.of("etc", "queue", "data", "mail")) {
      Files.createDirectories(home.resolve(folder));
    }
    own("data", "postfix");
    own("mail", "nobody");
    Files.write(etc().resolve("main.cf"), mainCf());
    Files.write(etc().resolve("main.cf"), more, java.nio.file.StandardOpenOption.APPEND);
    Files.writeString(
        etc().resolve("master.cf"),
        "127.0.0.1:" + port + " inet n - n - - smtpd\n" + String.join("\n", SERVICES) + "\n");
  }

  private List<String> mainCf() {
    return List.of(
        "compatibility_level = 3.6",
        "queue_directory = " + home.resolve("queue"),
        "data_directory = " + home.resolve("data"),
        "maillog_file = " + home.resolve("mail.log"),
        "maillog_file_prefixes = " + home,
        "myhostname = " + home.getFileName() + ".test",
        "mydestination =",
        "mynetworks = 127.0.0.0/8",
        "inet_interfaces = 127.0.0.1",
        "inet_protocols = ipv4",
        "virtual_mailbox_domains = static:all",
        "virtual_mailbox_base = " + home.resolve("mail"),
        "virtual_mailbox_maps = static:all/",
        "virtual_uid_maps = static:65534",
        "virtual_gid_maps = static:65534",
        "virtual_minimum_uid = 1",
        "virtual_mailbox_limit = 0",
        "message_size_limit = 0",
        "smtpd_client_connection_count_limit = 0");
  }

  private void own(String folder, String user) throws IOException {
    UserPrincipal owner =
        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    Files.setOwner(home.resolve(folder), owner);
  }

  private Path etc() {
    return home.resolve("etc");
  }

  int port() {
    return port;
  }

  /** Starts it, with what is in its queue. */
  PostfixServer start() throws IOException, InterruptedException {
    control("start");
    return this;
  }

  /** Ends all its processes now, in the middle of what they do; returns when they are gone. */
  void stop() throws IOException, InterruptedException {
    control("stop");
  }

  private void control(String order) throws IOException, InterruptedException {
    Command.of(postfix, "-c", etc(), order).must();
  }

  private boolean isRunning() throws IOException, InterruptedException {
    return Command.of(postfix, "-c", etc(), "status").run().code() == 0;
  }

  /** Messages that it took and has not put into a maildir yet. */
  long queued() throws IOException {
    long count = 0;
    for (String queue : List.of("incoming", "active", "deferred")) {
      try (var files = Files.walk(home.resolve("queue").resolve(queue))) {
        count += files.filter(Files::isRegularFile).count();
      }
    }
    return count;
  }

  Maildir maildir() {
    return mail;
  }

  @Override
  public java.util.Map<String, Integer> arrivals() {
    return mail.arrivals();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (isRunning()) {
      stop();
    }
  }
}
