package org.spillway.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Each house rule that a machine can judge: one parsed file in, what breaks the rule out. */
enum HouseRules {
  FILE_LENGTH {
    @Override
    List<String> broken(Source source) {
      return source.lineCount() > 300
          ? List.of(source.path() + ":1: " + source.lineCount() + " lines, at most 300")
          : List.of();
    }
  },
  METHOD_LENGTH {
    @Override
    List<String> broken(Source source) {
      return methods(
          source,
          method -> source.isMain() && method.getBody() != null && lines(source, method) > 40,
          method -> method.getName() + " has " + lines(source, method) + " lines, at most 40");
    }

    private static long lines(Source source, MethodTree method) {
      return source.linesOf(method.getBody());
    }
  },
  SLEEP {
    @Override
    List<String> broken(Source source) {
      return calls(
          source,
          call -> !source.isMain() && Set.of("sleep", "parkNanos").contains(lastWord(call)),
          "a test waits for what it wants to see (Awaitility), it does not sleep");
    }
  },
  UNFINISHED {
    private static final Pattern MARK = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

    @Override
    List<String> broken(Source source) {
      List<String> lines = source.text().lines().toList();
      List<String> broken = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (MARK.matcher(lines.get(i)).find()) {
          broken.add(source.path() + ":" + (i + 1) + ": unfinished; an issue is the place for it");
        }
      }
      return broken;
    }
  },
  CLOCK {
    @Override
    List<String> broken(Source source) {
      return calls(
          source,
          call -> source.isMain() && isClock(source, call),
          "the time comes in by constructor (InstantSource)");
    }

    private static final String WALL_CLOCK =
        "(.*\\.)?(Instant|(Local|Offset|Zoned)(Date|Time|DateTime)|Year|YearMonth)\\.now";

    private static boolean isClock(Source source, MethodInvocationTree call) {
      String name = call.getMethodSelect().toString();
      boolean now = name.matches(WALL_CLOCK) && call.getArguments().isEmpty();
      boolean wall = now || name.endsWith("System.currentTimeMillis");
      boolean made = name.endsWith("InstantSource.system") || name.contains("Clock.system");
      return wall || (made && !isWiring(source));
    }

    /** Where the world is put together, and the clock with it. */
    private static boolean isWiring(Source source) {
      return source.module().equals("appliance-image")
          || source.packageName().equals("org.spillway");
    }
  },
  NANO_TIME {
    @Override
    List<String> broken(Source source) {
      return calls(
          source,
          call -> source.isMain() && call.getMethodSelect().toString().endsWith("nanoTime"),
          "the time comes in by constructor; a stopwatch needs a line in house-rules.txt");
    }
  },
  CHANCE {
    @Override
    List<String> broken(Source source) {
      String mend = "chance comes in by constructor (RandomGenerator)";
      List<String> broken =
          calls(
              source,
              call -> source.isMain() && call.getMethodSelect().toString().matches(STATIC_CHANCE),
              mend);
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitNewClass(NewClassTree made, Void nothing) {
          if (source.isMain() && made.getIdentifier().toString().matches("(java.util.)?Random")) {
            broken.add(source.at(made, mend));
          }
          return super.visitNewClass(made, nothing);
        }
      }.scan(source.unit(), null);
      return broken;
    }

    private static final String STATIC_CHANCE =
        "(.*\\.)?(Math\\.random|ThreadLocalRandom\\.current)";
  },
  NAME {
    private static final Pattern EMPTY_WORD =
        Pattern.compile("Abstract.*|.*(Impl|Manager|Helper|Helpers|Util|Utils)");

    @Override
    List<String> broken(Source source) {
      List<String> broken = new ArrayList<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree type, Void nothing) {
          if (EMPTY_WORD.matcher(type.getSimpleName()).matches()) {
            broken.add(source.at(type, type.getSimpleName() + ": name it by what it does"));
          }
          return super.visitClass(type, nothing);
        }
      }.scan(source.unit(), null);
      return broken;
    }
  },
  GETTER {
    @Override
    List<String> broken(Source source) {
      return methods(
          source,
          method ->
              source.isMain()
                  && method.getName().toString().matches("get([A-Z].*)?")
                  && !has(method, "Override"),
          method -> method.getName() + ": name it by what it gives");
    }
  },
  OBJECT_STREAMS {
    @Override
    List<String> broken(Source source) {
      List<String> broken = new ArrayList<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
          look(tree, tree.getIdentifier().toString());
          return super.visitMemberSelect(tree, nothing);
        }

        @Override
        public Void visitIdentifier(IdentifierTree tree, Void nothing) {
          look(tree, tree.getName().toString());
          return super.visitIdentifier(tree, nothing);
        }

        private void look(Tree tree, String name) {
          boolean buffer = name.matches("(get|put)Object") && usesMina(source);
          if (buffer || name.startsWith("ObjectSerialization")) {
            broken.add(source.at(tree, name + " runs what a stranger sends (CVE-2024-52046)"));
          }
        }
      }.scan(source.unit(), null);
      return broken;
    }

    private static boolean usesMina(Source source) {
      return source.text().contains("org.apache.mina");
    }
  },
  CLUSTER_LIBRARY {
    @Override
    List<String> broken(Source source) {
      List<String> broken = new ArrayList<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
          if (tree.toString().equals("org.jgroups") && !source.module().equals("cluster")) {
            broken.add(source.at(tree, "only the module cluster knows JGroups"));
          }
          return super.visitMemberSelect(tree, nothing);
        }
      }.scan(source.unit(), null);
      return broken;
    }
  },
  WILDCARD_IMPORT {
    @Override
    List<String> broken(Source source) {
      return source.unit().getImports().stream()
          .filter(line -> line.getQualifiedIdentifier().toString().endsWith(".*"))
          .map((ImportTree line) -> source.at(line, "name what is imported"))
          .toList();
    }
  },
  TEST_OFF {
    @Override
    List<String> broken(Source source) {
      return methods(
          source, method -> has(method, "Disabled"), method -> method.getName() + " is off");
    }
  },
  FUZZ_ALONE {
    @Override
    List<String> broken(Source source) {
      List<String> fuzzed =
          methods(source, method -> has(method, "FuzzTest"), method -> "fuzz test");
      boolean named = source.path().endsWith("FuzzTest.java");
      return fuzzed.isEmpty() || (fuzzed.size() == 1 && named)
          ? List.of()
          : List.of(source.path() + ":1: one @FuzzTest in a class called …FuzzTest (mvn -Pfuzz)");
    }
  };

  abstract List<String> broken(Source source);

  private interface Saying {
    String of(MethodTree method);
  }

  private static List<String> methods(Source source, Predicate<MethodTree> bad, Saying saying) {
    List<String> broken = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        if (bad.test(method)) {
          broken.add(source.at(method, saying.of(method)));
        }
        return super.visitMethod(method, nothing);
      }
    }.scan(source.unit(), null);
    return broken;
  }

  private static List<String> calls(
      Source source, Predicate<MethodInvocationTree> bad, String mend) {
    List<String> broken = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        if (bad.test(call)) {
          broken.add(source.at(call, call.getMethodSelect() + ": " + mend));
        }
        return super.visitMethodInvocation(call, nothing);
      }
    }.scan(source.unit(), null);
    return broken;
  }

  private static String lastWord(MethodInvocationTree call) {
    ExpressionTree select = call.getMethodSelect();
    return select instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : select.toString();
  }

  private static boolean has(MethodTree method, String annotation) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(found -> found.getAnnotationType().toString().endsWith(annotation));
  }
}
