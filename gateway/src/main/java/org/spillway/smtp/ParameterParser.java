package org.spillway.smtp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.spillway.mail.Body;
import org.spillway.mail.Notify;
import org.spillway.mail.Ret;

/**
 * Reads the parameters behind a path (RFC 5321 §4.1.2 Mail-parameters, Rcpt-parameters). Unknown
 * ones are answered 555, malformed or repeated ones 501 (RFC 5321 §4.1.1.11).
 */
final class ParameterParser {
  private static final int MAX_ENVID = 100; // RFC 3461 §4.4
  private static final int MAX_ORCPT = 500; // RFC 3461 §4.2

  private ParameterParser() {}

  private record Parameter(String keyword, Optional<String> value) {}

  /** Raised inside this class only, and answered by it. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;

    Refused(int code, String text) {
      super(text, null, false, false);
      this.code = code;
    }
  }

  static Parsed<MailParameters> mail(String text) {
    if (text.isEmpty()) {
      return Parsed.good(MailParameters.NONE);
    }
    try {
      return Parsed.good(readMail(split(text)));
    } catch (Refused refused) {
      return Parsed.bad(refused.code, "5.5.4", refused.getMessage());
    }
  }

  static Parsed<RcptParameters> rcpt(String text) {
    if (text.isEmpty()) {
      return Parsed.good(RcptParameters.NONE);
    }
    try {
      return Parsed.good(readRcpt(split(text)));
    } catch (Refused refused) {
      return Parsed.bad(refused.code, "5.5.4", refused.getMessage());
    }
  }

  private static MailParameters readMail(List<Parameter> parameters) throws Refused {
    MailParameters read = MailParameters.NONE;
    OptionalLong size = read.sizeBytes();
    Body body = read.body();
    boolean smtputf8 = false;
    Optional<Ret> ret = read.ret();
    Optional<String> envid = read.envid();
    boolean requireTls = false;
    for (Parameter p : parameters) {
      switch (p.keyword) {
        case "SIZE" -> size = OptionalLong.of(size(p));
        case "BODY" -> body = body(p);
        case "SMTPUTF8" -> smtputf8 = withoutValue(p);
        case "RET" -> ret = Optional.of(ret(p));
        case "ENVID" -> envid = Optional.of(xtext(p, MAX_ENVID));
        case "REQUIRETLS" -> requireTls = withoutValue(p);
        case "AUTH" -> xtext(p, MAX_ORCPT); // RFC 4954 §5: understood, and not believed
        default -> throw unknown(p);
      }
    }
    return new MailParameters(size, body, smtputf8, ret, envid, requireTls);
  }

  private static RcptParameters readRcpt(List<Parameter> parameters) throws Refused {
    Set<Notify> notifyOn = Set.of();
    Optional<String> orcpt = Optional.empty();
    for (Parameter p : parameters) {
      switch (p.keyword) {
        case "NOTIFY" -> notifyOn = notifyOn(p);
        case "ORCPT" -> orcpt = Optional.of(orcpt(p));
        default -> throw unknown(p);
      }
    }
    return new RcptParameters(notifyOn, orcpt);
  }

  private static List<Parameter> split(String text) throws Refused {
    List<Parameter> parameters = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String word : text.split(" ")) {
      if (word.isEmpty()) {
        continue;
      }
      int equals = word.indexOf('=');
      String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      if (!isKeyword(keyword)) {
        throw new Refused(501, "malformed parameter");
      }
      if (!seen.add(keyword)) {
        throw new Refused(501, "parameter " + keyword + " given twice");
      }
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      parameters.add(new Parameter(keyword, value));
    }
    return parameters;
  }

  private static boolean isKeyword(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '-'
        && text.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-');
  }

  private static Refused unknown(Parameter p) {
    return new Refused(555, "parameter " + p.keyword + " is not known here");
  }

  private static Refused wrong(Parameter p) {
    return new Refused(501, "wrong value of " + p.keyword);
  }

  private static boolean withoutValue(Parameter p) throws Refused {
    if (p.value.isPresent()) {
      throw wrong(p);
    }
    return true;
  }

  private static long size(Parameter p) throws Refused {
    String digits = p.value.orElseThrow(() -> wrong(p));
    return Digits.parse(digits).orElseThrow(() -> wrong(p)); // RFC 1870 §3: up to 20 digits
  }

  private static Body body(Parameter p) throws Refused {
    String value = p.value.orElseThrow(() -> wrong(p)).toUpperCase(Locale.ROOT);
    return switch (value) {
      case "7BIT" -> Body.SEVENBIT;
      case "8BITMIME" -> Body.EIGHTBITMIME;
      case "BINARYMIME" -> throw new Refused(504, "BINARYMIME is not offered"); // RFC 3030 §3
      default -> throw wrong(p);
    };
  }

  private static Ret ret(Parameter p) throws Refused {
    return switch (p.value.orElseThrow(() -> wrong(p)).toUpperCase(Locale.ROOT)) {
      case "FULL" -> Ret.FULL;
      case "HDRS" -> Ret.HDRS;
      default -> throw wrong(p);
    };
  }

  private static String xtext(Parameter p, int longest) throws Refused {
    return p.value
        .filter(v -> !v.isEmpty() && v.length() <= longest)
        .flatMap(Xtext::decode)
        .orElseThrow(() -> wrong(p));
  }

  private static Set<Notify> notifyOn(Parameter p) throws Refused {
    Set<Notify> wishes = EnumSet.noneOf(Notify.class);
    for (String word : p.value.orElse("").toUpperCase(Locale.ROOT).split(",", -1)) {
      Notify wish =
          switch (word) {
            case "NEVER" -> Notify.NEVER;
            case "SUCCESS" -> Notify.SUCCESS;
            case "FAILURE" -> Notify.FAILURE;
            case "DELAY" -> Notify.DELAY;
            default -> throw wrong(p);
          };
      if (!wishes.add(wish)) {
        throw wrong(p);
      }
    }
    if (wishes.contains(Notify.NEVER) && wishes.size() > 1) {
      throw wrong(p); // RFC 3461 §4.1: NEVER stands alone
    }
    return wishes;
  }

  private static String orcpt(Parameter p) throws Refused {
    String value = p.value.filter(v -> v.length() <= MAX_ORCPT).orElseThrow(() -> wrong(p));
    int semicolon = value.indexOf(';');
    String type = semicolon < 0 ? "" : value.substring(0, semicolon);
    if (type.isEmpty() || !type.chars().allMatch(ParameterParser::isAtomChar)) {
      throw wrong(p);
    }
    String address = Xtext.decode(value.substring(semicolon + 1)).orElseThrow(() -> wrong(p));
    if (address.isEmpty()) {
      throw wrong(p);
    }
    return type + ";" + address;
  }

  private static boolean isAtomChar(int c) {
    return c == '-' || Character.isLetterOrDigit(c) && c < 0x80;
  }
}
