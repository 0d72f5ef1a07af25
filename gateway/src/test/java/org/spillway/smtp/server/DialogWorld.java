package org.spillway.smtp.server;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.spillway.admit.Finding;
import org.spillway.admit.Verdict;
import org.spillway.auth.message.ContentWatch;
import org.spillway.mail.ContentFacts;
import org.spillway.mail.Domain;
import org.spillway.mail.EntryId;
import org.spillway.mail.Reply;
import org.spillway.mail.Status;
import org.spillway.spool.Draft;
import org.spillway.spool.Receipt;
import org.spillway.spool.Room;

/** The world that a dialog file asks for: everything around a dialog, in memory. */
public final class DialogWorld {
  public final MemorySpool spool = new MemorySpool();
  public final ScriptedAdmission admission = new ScriptedAdmission();
  public final CountingMetrics metrics = new CountingMetrics();
  public final List<EntryId> accepted = new CopyOnWriteArrayList<>();
  public final List<AcceptedListener.Refusal> refused = new CopyOnWriteArrayList<>();
  public volatile Instant now = Instant.parse("2026-11-24T05:00:00Z");
  public volatile SessionLimits limits;
  public final DialogContext context;
  public final Peer peer;
  private final Map<String, String> accounts = new HashMap<>();

  /** The world of a file. */
  public DialogWorld(Map<String, String> header) {
    limits = limits(header.getOrDefault("limits", ""));
    String listener = header.getOrDefault("listener", "mx");
    peer =
        new Peer(
            InetAddress.ofLiteral(header.getOrDefault("client", "192.0.2.7")),
            40000,
            listener,
            listener.startsWith("submission"),
            !listener.equals("plain") && !listener.endsWith("implicit"));
    if (header.containsKey("account")) {
      String[] pair = header.get("account").split(":");
      accounts.put(pair[0], pair[1]);
    }
    script(header);
    context =
        new DialogContext(
            new Domain("mx.example.com"),
            new Domain("example.com"),
            admission,
            spool,
            ContentWatch.none(),
            (user, password) -> password.reveal().equals(accounts.get(user)),
            listener(),
            () -> limits,
            new ContentBudget(limits.bufferBytes()),
            metrics,
            () -> now,
            new Random(1));
  }

  private void script(Map<String, String> header) {
    if (header.containsKey("clock")) {
      now = Instant.parse(header.get("clock"));
    }
    for (String word : header.getOrDefault("spool", "").split(" ")) {
      switch (word) {
        case "full" -> spool.level = Room.Level.FULL;
        case "pressure" -> spool.level = Room.Level.PRESSURE;
        case "broken" -> spool.broken = java.util.Optional.of("fsync failed");
        case "write-fails" -> spool.writeFails = true;
        case "commit-full" -> spool.receipt = _ -> new Receipt.Full("no space");
        case "commit-not-safe" -> spool.receipt = _ -> new Receipt.NotSafe("fsync failed");
        default -> {}
      }
    }
    if (header.containsKey("admission")) {
      String[] pair = header.get("admission").split("=", 2);
      admission.script.put(pair[0], verdict(pair[1]));
    }
    if (header.containsKey("judging-takes")) {
      Duration takes = Duration.ofSeconds(Long.parseLong(header.get("judging-takes")));
      admission.beforeMessage = () -> now = now.plus(takes);
    }
    if (header.containsKey("checks")) {
      admission.beforeMessage =
          () -> {
            throw new IllegalStateException("a check broke");
          };
    }
  }

  private static Verdict verdict(String text) {
    boolean hangUp = text.startsWith("hang up ");
    String[] words = text.replace("hang up ", "").split(" ", 3);
    int code = Integer.parseInt(words[0]);
    Reply reply = new Reply(code, java.util.Optional.of(Status.of(words[1])), List.of(words[2]));
    if (hangUp) {
      return new Verdict.HangUp(reply);
    }
    return code / 100 == 2
        ? new Verdict.Quarantine(reply, "looks odd")
        : code / 100 == 4 ? new Verdict.Defer(reply) : new Verdict.Refuse(reply);
  }

  private static SessionLimits limits(String text) {
    SessionLimits d = SessionLimits.DEFAULT;
    Map<String, String> set = new HashMap<>();
    for (String word : text.split(" ")) {
      String[] pair = word.split("=");
      set.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    return new SessionLimits(
        number(set, "sessions", d.sessions()),
        number(set, "sessionsPerAddress", d.sessionsPerAddress()),
        number(set, "sessionsPerNetwork", d.sessionsPerNetwork()),
        number(set, "commandsPerSession", d.commandsPerSession()),
        number(set, "errorsPerSession", d.errorsPerSession()),
        number(set, "messagesPerSession", d.messagesPerSession()),
        number(set, "recipients", d.recipients()),
        number(set, "sizeBytes", (int) d.sizeBytes()),
        number(set, "commandLineBytes", d.commandLineBytes()),
        number(set, "lineBytes", d.lineBytes()),
        number(set, "headerBytes", d.headerBytes()),
        SessionLimits.Malformed.valueOf(set.getOrDefault("bareLines", "REFUSE")),
        SessionLimits.Malformed.valueOf(set.getOrDefault("nul", "REFUSE")),
        Duration.ofMillis(number(set, "commandTimeout", 300_000)),
        Duration.ofMillis(number(set, "dataTimeout", 180_000)),
        number(set, "minBytesPerSecond", 100),
        Duration.ofMillis(number(set, "messageTimeout", 60_000)),
        number(set, "bufferBytes", (int) d.bufferBytes()));
  }

  private static int number(Map<String, String> set, String key, int otherwise) {
    return set.containsKey(key) ? Integer.parseInt(set.get(key)) : otherwise;
  }

  private AcceptedListener listener() {
    return new AcceptedListener() {
      @Override
      public void accepted(EntryId id, Draft.Accepted accept, List<Finding> findings) {
        accepted.add(id);
      }

      @Override
      public void refused(Refusal refusal) {
        refused.add(refusal);
      }
    };
  }

  /** Checks a step that looks at the world; empty when all is well. */
  public List<String> look(DialogFile.Step step) {
    String text = step.text();
    List<String> wrong = new ArrayList<>();
    switch (step.verb()) {
      case "CLOCK" -> now = now.plusSeconds(Long.parseLong(text));
      case "KEPT" -> expect(wrong, text, String.valueOf(spool.kept.size()));
      case "HAS" -> {
        if (!lines().contains(text)) {
          wrong.add("no line <" + text + "> in\n" + lines());
        }
      }
      case "HASNOT" -> {
        if (lines().contains(text)) {
          wrong.add("there is a line <" + text + ">");
        }
      }
      case "FACT" -> {
        String[] pair = text.split("=", 2);
        expect(wrong, pair[1], fact(pair[0]));
      }
      case "LIMIT" -> {
        String[] pair = text.split("=", 2);
        expect(wrong, pair[1], String.valueOf(metrics.limit(pair[0])));
      }
      default -> wrong.add("unknown step " + step.verb());
    }
    return wrong;
  }

  private static void expect(List<String> wrong, String wanted, String found) {
    if (!wanted.equals(found)) {
      wrong.add("wanted " + wanted + ", found " + found);
    }
  }

  private List<String> lines() {
    return List.of(spool.kept.getLast().text().split("\r\n", -1));
  }

  private String fact(String key) {
    Draft.Accepted accept = spool.kept.getLast().accepted();
    ContentFacts facts = accept.facts();
    return switch (key) {
      case "recipients" ->
          accept.envelope().recipients().stream()
              .map(r -> r.address().toString())
              .toList()
              .toString();
      case "notify" -> accept.envelope().recipients().getFirst().notifyOn().toString();
      case "orcpt" -> accept.envelope().recipients().getFirst().orcpt().orElse("");
      case "ret" -> accept.envelope().ret().map(Enum::name).orElse("");
      case "envid" -> accept.envelope().envid().orElse("");
      case "from" -> accept.envelope().from().toString();
      case "body" -> accept.envelope().body().name();
      case "direction" -> accept.direction().name();
      case "user" -> accept.arrival().user().orElse("");
      case "size" -> String.valueOf(facts.sizeBytes());
      case "hops" -> String.valueOf(facts.receivedHops());
      case "eightBit" -> String.valueOf(facts.eightBit());
      case "eightBitHeaders" -> String.valueOf(facts.eightBitHeaders());
      case "signed" -> String.valueOf(facts.signed());
      case "auto" -> String.valueOf(facts.autoSubmitted());
      case "messageId" -> facts.messageId().orElse("");
      case "subject" -> facts.subject().orElse("");
      case "stamps" -> facts.traceStamps().toString();
      case "requireTls" -> String.valueOf(accept.envelope().requireTls());
      case "tlsOptional" -> String.valueOf(facts.tlsOptional());
      case "hash" -> facts.bodySha256();
      default -> "no such fact";
    };
  }
}
