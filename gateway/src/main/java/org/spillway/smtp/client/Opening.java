package org.spillway.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.spillway.mail.Reply;
import org.spillway.mail.Secret;
import org.spillway.smtp.Capability;

/**
 * The beginning of a connection, without a socket: greeting, EHLO, STARTTLS, AUTH.
 *
 * <pre>
 *  state      says            on a good reply                      on a bad one
 *  GREETING                   HELLO                                refused
 *  HELLO      EHLO or LHLO    STARTTLS, AUTH or READY              HELO once (SMTP), else refused
 *  STARTTLS   STARTTLS        SECURE                               AUTH or READY when TLS is optional
 *  SECURE     (handshake)     HELLO again (RFC 3207 §4.2)
 *  AUTH       AUTH …          READY                                refused
 *  READY      (ended)
 * </pre>
 */
public final class Opening {
  private static final Set<Integer> NO_EHLO = Set.of(500, 501, 502, 504, 550);

  private final Plan plan;
  private final Deque<String> authLines = new ArrayDeque<>();
  private State state = State.GREETING;
  private boolean said;
  private boolean secured;
  private boolean plainHelo;
  private Capabilities capabilities = Capabilities.NONE;
  private Optional<Refusal> refusal = Optional.empty();

  private enum State {
    GREETING,
    HELLO,
    STARTTLS,
    SECURE,
    AUTH,
    READY
  }

  /** When TLS is to be begun by STARTTLS. */
  public enum StartTls {
    NEVER,
    WHEN_OFFERED,
    ALWAYS
  }

  /**
   * What the connection is to become.
   *
   * @param lmtp LHLO in place of EHLO
   * @param helo our name
   * @param startTls when to begin TLS
   * @param secured true when TLS was there from the first byte
   * @param login credentials, when AUTH is wanted
   */
  public record Plan(
      boolean lmtp, String helo, StartTls startTls, boolean secured, Optional<Login> login) {}

  /**
   * Credentials.
   *
   * @param user the user's name
   * @param password never shown
   * @param inClear true when they may be sent without TLS
   */
  public record Login(String user, Secret password, boolean inClear) {}

  /**
   * Why the connection is of no use.
   *
   * @param phase where it ended
   * @param reply the peer's words, or ours where the peer lacks something
   * @param ours true for words of ours
   */
  public record Refusal(Phase phase, Reply reply, boolean ours) {}

  /** Begins with a connection on which nothing was read. */
  public Opening(Plan plan) {
    this.plan = plan;
    this.secured = plan.secured();
  }

  /** What to do now. */
  public Want next() {
    if (refusal.isPresent() || state == State.READY) {
      return new Want.Ended();
    }
    if (state == State.SECURE) {
      return new Want.Secure();
    }
    if (!said && state != State.GREETING) {
      said = true;
      return new Want.Say(line());
    }
    return new Want.Hear(phase());
  }

  private Phase phase() {
    return switch (state) {
      case GREETING -> Phase.GREETING;
      case HELLO -> Phase.EHLO;
      case STARTTLS, SECURE -> Phase.STARTTLS;
      case AUTH, READY -> Phase.AUTH;
    };
  }

  private String line() {
    return switch (state) {
      case HELLO -> (plainHelo ? "HELO " : plan.lmtp() ? "LHLO " : "EHLO ") + plan.helo() + "\r\n";
      case STARTTLS -> "STARTTLS\r\n";
      case AUTH -> authLines.remove() + "\r\n";
      case GREETING, SECURE, READY -> "";
    };
  }

  /** Takes the reply that {@link Want.Hear} asked for. */
  public void take(Reply reply) {
    switch (state) {
      case GREETING -> {
        if (reply.code() == 220) {
          enter(State.HELLO);
        } else {
          refuse(reply);
        }
      }
      case HELLO -> hello(reply);
      case STARTTLS -> startTls(reply);
      case AUTH -> auth(reply);
      case SECURE, READY -> throw new IllegalStateException();
    }
  }

  private void hello(Reply reply) {
    if (reply.isPositive()) {
      capabilities = plainHelo ? Capabilities.NONE : Capabilities.of(reply);
      afterHello();
    } else if (!plainHelo && !plan.lmtp() && NO_EHLO.contains(reply.code())) {
      plainHelo = true; // RFC 5321 §3.2
      enter(State.HELLO);
    } else {
      refuse(reply);
    }
  }

  private void afterHello() {
    boolean offered = capabilities.has(Capability.STARTTLS);
    if (secured || plan.startTls() == StartTls.NEVER) {
      authenticate();
    } else if (offered) {
      enter(State.STARTTLS);
    } else if (plan.startTls() == StartTls.ALWAYS) {
      lack(Phase.STARTTLS, "STARTTLS is not offered, but TLS is required");
    } else {
      authenticate();
    }
  }

  private void startTls(Reply reply) {
    if (reply.code() == 220) {
      enter(State.SECURE);
    } else if (plan.startTls() == StartTls.ALWAYS || reply.code() == 421) {
      refuse(reply);
    } else {
      authenticate(); // RFC 3207 §4: the client may go on in clear text
    }
  }

  /** The handshake is done; what was said before it is forgotten (RFC 3207 §4.2). */
  public void secured() {
    secured = true;
    plainHelo = false;
    capabilities = Capabilities.NONE;
    enter(State.HELLO);
  }

  private void authenticate() {
    if (plan.login().isEmpty()) {
      enter(State.READY);
      return;
    }
    Login login = plan.login().get();
    Set<String> offered = capabilities.mechanisms();
    if (!secured && !login.inClear()) {
      lack(Phase.AUTH, "the password is not sent without TLS");
    } else if (offered.contains("PLAIN")) { // RFC 4616 §2
      String message = "\0" + login.user() + "\0" + login.password().reveal();
      authLines.add("AUTH PLAIN " + base64(message));
      enter(State.AUTH);
    } else if (offered.contains("LOGIN")) {
      authLines.add("AUTH LOGIN");
      authLines.add(base64(login.user()));
      authLines.add(base64(login.password().reveal()));
      enter(State.AUTH);
    } else {
      lack(Phase.AUTH, "neither AUTH PLAIN nor AUTH LOGIN is offered");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void auth(Reply reply) {
    if (reply.isPositive()) { // RFC 4954 §6: 235
      enter(State.READY);
    } else if (reply.code() == 334 && !authLines.isEmpty()) {
      enter(State.AUTH);
    } else {
      refuse(reply);
    }
  }

  private void enter(State next) {
    state = next;
    said = false;
  }

  private void refuse(Reply reply) {
    refusal = Optional.of(new Refusal(phase(), reply, false));
  }

  private void lack(Phase phase, String why) {
    refusal = Optional.of(new Refusal(phase, Reply.of(554, "5.7.0", why), true));
  }

  /** Why the connection cannot be used; empty while it can. */
  public Optional<Refusal> refusal() {
    return refusal;
  }

  /** What the peer offers after all this. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** True when TLS is on. */
  public boolean isSecured() {
    return secured;
  }
}
