package org.spillway.auth.spf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.spillway.auth.IpBits;
import org.spillway.dns.Answer;
import org.spillway.dns.Dns;
import org.spillway.mail.Domain;
import tools.jackson.databind.JsonNode;

/**
 * A Dns from the zone data of the public SPF suite. Each name has a list of records in their order;
 * the word TIMEOUT makes every question fail that nothing before it answered. SPF records are TXT
 * records too, except at names that say something of TXT themselves.
 */
final class SuiteDns implements Dns {
  private static final int MOST_ALIASES = 12;

  private final Map<String, List<JsonNode>> zone = new HashMap<>();
  private final List<String> questions = new ArrayList<>();

  SuiteDns(JsonNode zonedata) {
    zonedata.properties().forEach(e -> zone.put(key(e.getKey()), steps(e.getValue())));
  }

  List<String> questions() {
    return questions;
  }

  private static List<JsonNode> steps(JsonNode items) {
    List<JsonNode> steps = new ArrayList<>();
    items.forEach(steps::add);
    boolean ownTxt = steps.stream().anyMatch(step -> step.has("TXT"));
    if (!ownTxt) {
      items.forEach(item -> item.optional("SPF").ifPresent(spf -> steps.add(txt(spf))));
    }
    return steps;
  }

  private static JsonNode txt(JsonNode value) {
    return tools.jackson.databind.json.JsonMapper.shared().createObjectNode().set("TXT", value);
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private <T> Answer<T> ask(String name, String type, Function<JsonNode, T> reading) {
    questions.add(type + " " + name);
    String at = key(name);
    for (int i = 0; i < MOST_ALIASES; i++) {
      List<JsonNode> steps = zone.getOrDefault(at, List.of());
      List<T> found = new ArrayList<>();
      for (JsonNode step : steps) {
        if (step.isString() && found.isEmpty()) {
          return new Answer.Failed<>(step.asString());
        }
        step.optional(type).filter(v -> !isNone(v)).ifPresent(v -> found.add(reading.apply(v)));
      }
      List<JsonNode> alias = steps.stream().filter(step -> step.has("CNAME")).toList();
      if (!found.isEmpty()) {
        return new Answer.Found<>(found, false);
      }
      if (alias.isEmpty()) {
        return new Answer.Absent<>(!steps.isEmpty());
      }
      at = key(alias.getFirst().get("CNAME").asString());
    }
    return new Answer.Failed<>("a loop of CNAMEs");
  }

  private static boolean isNone(JsonNode value) {
    return value.isString() && value.asString().equals("NONE");
  }

  private static String joined(JsonNode value) {
    if (value.isString()) {
      return value.asString();
    }
    StringBuilder text = new StringBuilder();
    value.forEach(piece -> text.append(piece.asString()));
    return text.toString();
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    return ask(domain.name(), "MX", v -> new Mx(v.get(0).asInt(), v.get(1).asString()));
  }

  @Override
  public Answer<InetAddress> addresses(String host) {
    throw new AssertionError("SPF asks for one family");
  }

  @Override
  public Answer<InetAddress> a(String host) {
    return ask(host, "A", v -> InetAddress.ofLiteral(v.asString()));
  }

  @Override
  public Answer<InetAddress> aaaa(String host) {
    return ask(host, "AAAA", v -> InetAddress.ofLiteral(v.asString()));
  }

  @Override
  public Answer<Tlsa> tlsa(String name) {
    throw new AssertionError("SPF asks for no TLSA");
  }

  @Override
  public Answer<String> txt(String name) {
    return ask(name, "TXT", SuiteDns::joined);
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    List<String> parts = new ArrayList<>(List.of(IpBits.of(address).dotted().split("\\.")));
    Collections.reverse(parts);
    String zoneName = address.getAddress().length == 4 ? ".in-addr.arpa" : ".ip6.arpa";
    return ask(String.join(".", parts) + zoneName, "PTR", JsonNode::asString);
  }
}
