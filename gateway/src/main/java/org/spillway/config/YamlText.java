package org.spillway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 text to a {@link Tree}, one document. Bounded: {@value #MAX_DEPTH} levels, {@value
 * #MAX_NODES} values counting each use of an alias, so that no file can fill the heap.
 */
final class YamlText {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NODES = 100_000;
  private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:[eE][-+]?\\d{1,3})?");

  private final Iterator<Event> events;
  private final Reading reading;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  private record Anchored(Tree tree, int nodes) {}

  private YamlText(Iterator<Event> events, Reading reading) {
    this.events = events;
    this.reading = reading;
  }

  /** Reads the text; empty, with the problem told to {@code reading}, when it is not YAML. */
  static Optional<Tree.Table> read(String text, Reading reading) {
    LoadSettings settings = LoadSettings.builder().setLabel("config").setUseMarks(true).build();
    try {
      return new YamlText(new Parse(settings).parseString(text).iterator(), reading).document();
    } catch (YamlEngineException syntax) {
      YamlFault.tell(syntax, text, reading);
    } catch (Refused refused) {
      reading.problem(refused.place, refused.what, refused.mend);
    }
    return Optional.empty();
  }

  private Optional<Tree.Table> document() throws Refused {
    events.next(); // StreamStart
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.of(new Tree.Table(Map.of(), Place.TOP));
    }
    Tree tree = tree(events.next(), 0);
    events.next(); // DocumentEnd
    Event after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new Refused(at(after), "a second document begins here", "keep one document in a file");
    }
    return switch (tree) {
      case Tree.Table table -> Optional.of(table);
      case Tree.Leaf leaf when leaf.kind() == Tree.Leaf.Kind.NOTHING ->
          Optional.of(new Tree.Table(Map.of(), Place.TOP));
      case Tree.Leaf leaf -> throw notTable(leaf);
      case Tree.Items items -> throw notTable(items);
    };
  }

  private static Refused notTable(Tree tree) {
    return new Refused(
        tree.place(), "the file is not a map of keys", "begin with keys such as \"node:\"");
  }

  private Tree tree(Event event, int depth) throws Refused {
    if (depth > MAX_DEPTH) {
      throw new Refused(
          at(event), "more than " + MAX_DEPTH + " levels", "nothing here nests as deep");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    count(1, event);
    int before = nodes;
    Tree tree =
        switch (event) {
          case MappingStartEvent start -> table(start, depth);
          case SequenceStartEvent start -> items(start, depth);
          case ScalarEvent scalar -> leaf(scalar);
          default -> throw new Refused(at(event), "no value here", "write one or remove the key");
        };
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      anchors.put(named.getAnchor().get(), new Anchored(tree, nodes - before + 1));
    }
    return tree;
  }

  private void count(int more, Event event) throws Refused {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw new Refused(
          at(event), "more than " + MAX_NODES + " values", "use fewer aliases, or smaller ones");
    }
  }

  private Tree aliased(AliasEvent alias) throws Refused {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw new Refused(
          at(alias),
          "the anchor of " + Quoted.of("*" + alias.getAlias()) + " does not stand before it",
          "define it with & first");
    }
    count(anchored.nodes(), alias);
    return anchored.tree();
  }

  private Tree.Table table(MappingStartEvent start, int depth) throws Refused {
    untagged(start.getTag(), start);
    Map<String, Tree.Entry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Place place = at(e);
      if (!(tree(e, depth + 1) instanceof Tree.Leaf key)) {
        throw new Refused(place, "a key that is not text", "write the key as one word");
      }
      Tree.Entry entry = new Tree.Entry(place, tree(events.next(), depth + 1));
      Tree.Entry first = entries.putIfAbsent(key.text(), entry);
      if (first != null) {
        reading.problem(
            place,
            "the key " + Quoted.of(key.text()) + " stands already in line " + first.key().line(),
            "keep one of them");
      }
    }
    return new Tree.Table(entries, at(start));
  }

  private Tree.Items items(SequenceStartEvent start, int depth) throws Refused {
    untagged(start.getTag(), start);
    List<Tree> trees = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      trees.add(tree(e, depth + 1));
    }
    return new Tree.Items(trees, at(start));
  }

  private static Tree.Leaf leaf(ScalarEvent scalar) throws Refused {
    untagged(scalar.getTag(), scalar);
    String text = scalar.getValue();
    Tree.Leaf.Kind kind = scalar.isPlain() ? kind(text) : Tree.Leaf.Kind.TEXT;
    return new Tree.Leaf(text, kind, at(scalar));
  }

  private static Tree.Leaf.Kind kind(String text) {
    if (NOTHING.matcher(text).matches()) {
      return Tree.Leaf.Kind.NOTHING;
    }
    if (TRUTH.matcher(text).matches()) {
      return Tree.Leaf.Kind.TRUTH;
    }
    if (WHOLE.matcher(text).matches()) {
      return Tree.Leaf.Kind.WHOLE;
    }
    return FRACTION.matcher(text).matches() ? Tree.Leaf.Kind.FRACTION : Tree.Leaf.Kind.TEXT;
  }

  private static void untagged(Optional<String> tag, Event event) throws Refused {
    if (tag.isPresent()) {
      throw new Refused(
          at(event),
          "a tag, " + Quoted.of(tag.get()),
          "remove it; put text in quotes where needed");
    }
  }

  private static Place at(Event event) {
    return event
        .getStartMark()
        .map(m -> new Place(m.getLine() + 1, m.getColumn() + 1))
        .orElse(Place.TOP);
  }

  /** What cannot be read on from. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place place;
    private final String what;
    private final String mend;

    Refused(Place place, String what, String mend) {
      super(what, null, false, false);
      this.place = place;
      this.what = what;
      this.mend = mend;
    }
  }
}
