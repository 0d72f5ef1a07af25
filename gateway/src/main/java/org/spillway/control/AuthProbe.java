package org.spillway.control;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.spillway.auth.dkim.DkimResult;
import org.spillway.auth.dkim.PublishedKeys;
import org.spillway.auth.dkim.SignatureEngine;
import org.spillway.auth.dmarc.PolicyOverride;
import org.spillway.auth.message.Authentication;
import org.spillway.auth.message.MessageAuthenticator;
import org.spillway.auth.spf.SpfRequest;
import org.spillway.dns.Dns;
import org.spillway.mail.Address;
import org.spillway.mail.Content;
import org.spillway.mail.Domain;
import org.spillway.mail.ReversePath;

/** Authenticates a message that a person or a program holds out, without a running node. */
public final class AuthProbe {
  private final Dns dns;
  private final String host;
  private final RandomGenerator chance;
  private final PublishedKeys keys = new PublishedKeys(SignatureEngine.fastest());

  /**
   * What is held out.
   *
   * @param client whom it came from
   * @param helo the greeting; may be empty
   * @param from the sender as written; empty for the null reverse-path
   * @param now when it came
   * @param message empty to look at the client alone
   */
  public record Sample(
      InetAddress client, String helo, String from, Instant now, Optional<Content> message) {}

  /**
   * A probe.
   *
   * @param host how we call ourselves
   */
  public AuthProbe(Dns dns, String host, RandomGenerator chance) {
    this.dns = dns;
    this.host = host;
    this.chance = chance;
  }

  /** Authenticates it; the exception is for a message that cannot be read. */
  public Authentication verify(Sample sample) throws IOException {
    MessageAuthenticator.Methods methods =
        MessageAuthenticator.Methods.of(
            MessageAuthenticator.Settings.usual(host),
            dns,
            keys,
            InstantSource.fixed(sample.now()),
            chance);
    return new MessageAuthenticator(methods, dns)
        .verify(
            new SpfRequest(sample.client(), sample.helo(), path(sample.from())),
            sample.message().orElseGet(() -> lines(new byte[0])));
  }

  /** Also what no SMTP server would take. */
  private static ReversePath path(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return ReversePath.NULL;
    }
    String name = text.substring(at + 1);
    Domain domain = Domain.parse(name).orElseGet(() -> new Domain(name));
    return ReversePath.of(new Address(text.substring(0, at), domain));
  }

  /** The results as one JSON object; the words are those of the RFCs. */
  public static Map<String, Object> json(Authentication seen, Sample sample) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("spf", seen.spf().mailFrom().word().toString());
    seen.spf().mailFrom().explanation().ifPresent(text -> row.put("spf_explanation", text));
    if (sample.message().isPresent()) {
      row.put("dkim", DkimResult.overall(seen.dkim()).text());
      row.put("dkim_sigs", seen.dkim().stream().map(AuthProbe::json).toList());
      row.put("arc", seen.arc().state().text());
      row.put("dmarc", seen.policy().word().text());
      row.put("dmarc_disp", disposition(seen, sample).disposition().word());
      row.put("why", seen.policy().why());
    }
    return row;
  }

  private static PolicyOverride.Handling disposition(Authentication seen, Sample sample) {
    return PolicyOverride.handle(
        seen.policy(), sample.client(), seen.chain(), PolicyOverride.Settings.NONE);
  }

  private static Map<String, Object> json(DkimResult signature) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("result", signature.word().text());
    row.put("cause", signature.cause().text());
    signature.domain().ifPresent(domain -> row.put("d", domain.name()));
    row.put("s", signature.selector());
    row.put("a", signature.algorithm());
    row.put("b", signature.prefix());
    row.put("key_bits", (long) signature.keyBits());
    row.put("unsigned_bytes", signature.uncoveredBytes());
    row.put("added_fields", List.copyOf(signature.added()));
    return row;
  }

  /** A message from a file, whose lines may end in LF alone. */
  public static Content lines(byte[] file) {
    ByteArrayOutputStream crlf = new ByteArrayOutputStream(file.length + file.length / 32);
    for (int i = 0; i < file.length; i++) {
      if (file[i] == '\n' && (i == 0 || file[i - 1] != '\r')) {
        crlf.write('\r');
      }
      crlf.write(file[i]);
    }
    byte[] bytes = crlf.toByteArray();
    return new Content() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}
