package org.spillway.report.dmarc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes readable what some reporters write and call XML. */
final class XmlRepair {
  private static final Set<String> NAMES =
      Set.of(
          "feedback",
          "version",
          "report_metadata",
          "org_name",
          "email",
          "extra_contact_info",
          "report_id",
          "date_range",
          "begin",
          "end",
          "error",
          "generator",
          "policy_published",
          "domain",
          "discovery_method",
          "p",
          "sp",
          "np",
          "pct",
          "fo",
          "adkim",
          "aspf",
          "testing",
          "extension",
          "record",
          "row",
          "source_ip",
          "count",
          "policy_evaluated",
          "disposition",
          "dkim",
          "spf",
          "reason",
          "type",
          "comment",
          "identifiers",
          "identities",
          "header_from",
          "envelope_from",
          "envelope_to",
          "auth_results",
          "selector",
          "result",
          "human_result",
          "scope",
          "version_published");

  private XmlRepair() {}

  /** The text of the bytes: UTF-16 by its mark, else UTF-8, else what they can be read as. */
  static String decode(byte[] bytes, List<String> remarks) {
    Charset charset = charset(bytes);
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return withoutMark(text);
    } catch (CharacterCodingException wrong) {
      remarks.add("bytes that are not " + charset.name());
      return withoutMark(new String(bytes, charset));
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    if (mark == 0xfeff) {
      return StandardCharsets.UTF_16BE;
    }
    if (mark == 0xfffe) {
      return StandardCharsets.UTF_16LE;
    }
    int declared = Math.min(bytes.length, 100);
    String head =
        new String(bytes, 0, declared, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    boolean latin = head.matches("(?s).*encoding=[\"'](iso-8859-1|windows-1252)[\"'].*");
    return latin ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
  }

  /**
   * The report from its first {@code feedback} to the last, with every "&lt;" that begins no
   * element of a report, and every "&amp;" that begins no reference, made text; controls become
   * spaces.
   */
  static String repair(String xml) {
    int from = Math.max(0, xml.indexOf("<feedback"));
    int last = xml.lastIndexOf("</feedback>");
    int to = last < from ? xml.length() : last + "</feedback>".length();
    StringBuilder repaired = new StringBuilder(to - from + 64);
    for (int i = from; i < to; i++) {
      char c = xml.charAt(i);
      if (c == '<' && !isTag(xml, i)) {
        repaired.append("&lt;");
      } else if (c == '&' && !isReference(xml, i)) {
        repaired.append("&amp;");
      } else {
        repaired.append(mayStand(c) ? c : ' ');
      }
    }
    return repaired.toString();
  }

  private static boolean mayStand(char c) {
    return c >= ' ' && c != 0xfffe && c != 0xffff || c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean isTag(String xml, int at) {
    if (xml.startsWith("<!--", at) || xml.startsWith("<![CDATA[", at)) {
      return true;
    }
    int start = xml.startsWith("</", at) ? at + 2 : at + 1;
    int end = start;
    while (end < xml.length() && end - start < 40 && isNameCharacter(xml.charAt(end))) {
      end++;
    }
    boolean closed = end < xml.length() && " \t\r\n/>".indexOf(xml.charAt(end)) >= 0;
    String name = xml.substring(start, end);
    return closed && NAMES.contains(name.substring(name.indexOf(':') + 1));
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == ':';
  }

  private static boolean isReference(String xml, int at) {
    String near = xml.substring(at + 1, Math.min(xml.length(), at + 10));
    int end = near.indexOf(';');
    if (end < 0) {
      return false;
    }
    String name = near.substring(0, end);
    return Set.of("amp", "lt", "gt", "quot", "apos").contains(name)
        || name.matches("#[0-9]{1,6}|#x[0-9a-fA-F]{1,5}");
  }
}
