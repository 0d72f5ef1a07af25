package org.spillway.auth.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spillway.auth.Field;
import org.spillway.auth.TagList;
import org.spillway.mail.Domain;

/**
 * A DKIM-Signature field that can be read (RFC 6376 §3.5).
 *
 * @param field where it stands
 * @param tags all that it says
 * @param algorithm a=
 * @param signature b=
 * @param bodyHash bh=
 * @param canonical c=
 * @param domain d=, who signed
 * @param selector s=
 * @param names h=, in lower case
 * @param identity i=, {@code @} and the domain when it was left out
 * @param identityDomain the domain of i=
 * @param limitBytes l=
 * @param signedAt t=
 * @param expires x=
 */
public record DkimSignature(
    Field field,
    TagList tags,
    Algorithm algorithm,
    byte[] signature,
    byte[] bodyHash,
    Canonical.Pair canonical,
    Domain domain,
    String selector,
    List<String> names,
    String identity,
    Domain identityDomain,
    OptionalLong limitBytes,
    Optional<Instant> signedAt,
    Optional<Instant> expires) {

  /** What reading gave. */
  public sealed interface Reading {
    /** A signature by the rules. */
    record Good(DkimSignature signature) implements Reading {}

    /**
     * None.
     *
     * @param tags what could be read all the same
     */
    record Bad(DkimCause cause, String detail, TagList tags) implements Reading {}
  }

  private static final int MAX_BYTES = 64 * 1024;

  public DkimSignature {
    names = List.copyOf(names);
  }

  /** Reads a field (RFC 6376 §6.1.1); what is unknown but harmless is passed over. */
  public static Reading parse(Field field) {
    if (field.end() - field.start() > MAX_BYTES) {
      return new Reading.Bad(DkimCause.SYNTAX, "too long", new TagList(List.of()));
    }
    String text = field.latin1();
    return switch (TagList.parse(text)) {
      case TagList.Reading.Good(TagList list) -> parse(field, list);
      case TagList.Reading.Bad(String why, int at) ->
          new Reading.Bad(DkimCause.SYNTAX, why + " at character " + at, TagList.salvage(text));
    };
  }

  private static Reading parse(Field field, TagList tags) {
    TagReader read = new TagReader(tags);
    String version = read.required("v");
    if (!version.equals("1")) {
      read.wrong(DkimCause.VERSION, "v=" + version);
    }
    Algorithm algorithm = read.algorithm();
    byte[] signature = read.base64("b");
    byte[] bodyHash = read.base64("bh");
    Canonical.Pair canonical = read.canonical();
    Domain domain = read.domain("d");
    String selector = read.selector();
    List<String> names = read.names();
    String identity = tags.compact("i").map(TagReader::utf8).orElse("@" + domain);
    Domain identityDomain = tags.tag("i").isEmpty() ? domain : read.identityDomain(identity);
    OptionalLong limit = read.number("l");
    Optional<Instant> signedAt = read.time("t");
    Optional<Instant> expires = read.time("x");
    DkimSignature made =
        new DkimSignature(
            field,
            tags,
            algorithm,
            signature,
            bodyHash,
            canonical,
            domain,
            selector,
            names,
            identity,
            identityDomain,
            limit,
            signedAt,
            expires);
    made.check(read);
    return read.problem()
        .<Reading>map(bad -> new Reading.Bad(bad.cause(), bad.detail(), tags))
        .orElse(new Reading.Good(made));
  }

  /** RFC 6376 §6.1.1: what must hold between the tags. */
  private void check(TagReader read) {
    if (!names.contains("from")) {
      read.wrong(DkimCause.FROM_UNSIGNED, "h= has no from");
    }
    if (!identityDomain.isWithin(domain)) {
      read.wrong(DkimCause.IDENTITY, "i=" + identity + " is not within d=" + domain);
    }
    if (tags.tag("q").isPresent()
        && !TagReader.list(tags.compact("q").orElse("")).contains("dns/txt")) {
      read.wrong(DkimCause.UNKNOWN, "q= does not say dns/txt");
    }
    if (signedAt.isPresent()
        && expires.isPresent()
        && !expires.get().isAfter(signedAt.get())) { // RFC 6376 §3.5 x=
      read.wrong(DkimCause.SYNTAX, "x= is not after t=");
    }
  }
}
