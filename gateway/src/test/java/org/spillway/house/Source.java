package org.spillway.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One parsed Java file of the repository; {@code path} is from the repository's top. */
record Source(String path, String text, CompilationUnitTree unit, SourcePositions positions) {

  static List<Source> ofRepository() throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (Path file : Repository.files(module + "/src")) {
        if (file.toString().endsWith(".java")) {
          files.add(new Text(Repository.ROOT.relativize(file).toString(), Files.readString(file)));
        }
      }
    }
    return parse(files);
  }

  static Source of(String path, String text) {
    return parse(List.of(new Text(path, text))).getFirst();
  }

  boolean isMain() {
    return path.contains("/src/main/");
  }

  String module() {
    return path.substring(0, path.indexOf('/'));
  }

  String packageName() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }

  long lineCount() {
    return text.lines().count();
  }

  /** The lines from a tree's first character to its last. */
  long linesOf(Tree tree) {
    return 1
        + unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree))
        - unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
  }

  /** {@code path:line: what}, as an editor can follow it. */
  String at(Tree tree, String what) {
    long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    return path + ":" + line + ": " + what;
  }

  private static List<Source> parse(List<? extends JavaFileObject> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, files);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<Source> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        String path = unit.getSourceFile().toUri().getPath().substring(1);
        String text = unit.getSourceFile().getCharContent(true).toString();
        sources.add(new Source(path, text, unit, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(sources);
  }

  /** A file in memory, so that a rule can be tried on three lines of Java. */
  private static final class Text extends SimpleJavaFileObject {

    private final String text;

    Text(String path, String text) {
      super(URI.create("source:/" + path), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
