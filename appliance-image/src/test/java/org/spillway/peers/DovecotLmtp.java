package org.spillway.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.spillway.testing.Peers;

/** A Dovecot of our own that takes mail by LMTP on one loopback port, for every address. */
final class DovecotLmtp implements Mailbox, Closing {

  private final Path dovecot = Peers.require("dovecot");
  private final Path home;
  private final Path config;
  private final int port;
  private final Maildir mail;

  DovecotLmtp(Path home) throws IOException {
    Peers.requireRoot();
    Peers.require("lmtp");
    this.home = home;
    port = Ports.free();
    mail = new Maildir(home.resolve("mail"));
    Path box = Files.createDirectories(home.resolve("mail"));
    Files.setOwner(
        box, box.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    config = Files.writeString(home.resolve("dovecot.conf"), text());
  }

  private String text() {
    return """
    base_dir = %1$s/run
    state_dir = %1$s/run
    log_path = %1$s/dovecot.log
    protocols = lmtp
    listen = 127.0.0.1
    ssl = no
    postmaster_address = postmaster@example.org
    hostname = store.test
    mail_location = maildir:%1$s/mail/%%Ln
    first_valid_uid = 1
    passdb {
      driver = static
      args = nopassword=y
    }
    userdb {
      driver = static
      args = uid=nobody gid=nogroup home=%1$s/mail allow_all_users=yes
    }
    service lmtp {
      inet_listener lmtp {
        address = 127.0.0.1
        port = %2$d
      }
    }
    """
        .formatted(home, port);
  }

  int port() {
    return port;
  }

  DovecotLmtp start() throws IOException, InterruptedException {
    Command.of(dovecot, "-c", config).must();
    return this;
  }

  void stop() throws IOException, InterruptedException {
    Command.of(dovecot, "-c", config, "stop").must();
  }

  Maildir maildir() {
    return mail;
  }

  @Override
  public Map<String, Integer> arrivals() {
    return mail.arrivals();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (Files.exists(home.resolve("run/master.pid"))) {
      stop();
    }
  }
}
