package dev.acktask.operator;

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
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java sources of all modules, for tests that hold a rule of the whole project. */
final class Sources {
  private static final List<String> MODULES =
      List.of("operator", "simulator", "demo", "bench", "e2e");

  /** A parsed file. */
  record Source(CompilationUnitTree unit, SourcePositions positions, String text) {
    String fileName() {
      return Path.of(unit.getSourceFile().getName()).getFileName().toString();
    }

    /** The text of {@code tree}, with its comments. */
    String textOf(Tree tree) {
      return text.substring(
          (int) positions.getStartPosition(unit, tree), (int) positions.getEndPosition(unit, tree));
    }
  }

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private Sources() {}

  /** All files below {@code directory} of each module, for example {@code src/main/java}. */
  static List<Path> in(String directory) {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      Path root = Path.of("..", module, directory);
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return sources;
  }

  /** Parses {@code sources} without resolving any name, and passes each to {@code visitor}. */
  static void parse(List<Path> sources, Consumer<Source> visitor) throws IOException {
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
      parse(files.getJavaFileObjectsFromPaths(sources), visitor);
    }
  }

  /** Parses the source {@code text}. */
  static void parse(String text, Consumer<Source> visitor) throws IOException {
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    parse(List.of(source), visitor);
  }

  private static void parse(Iterable<? extends JavaFileObject> sources, Consumer<Source> visitor)
      throws IOException {
    JavacTask task =
        (JavacTask)
            COMPILER.getTask(null, null, problem -> {}, List.of("-proc:none"), null, sources);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    for (CompilationUnitTree unit : task.parse()) {
      visitor.accept(
          new Source(unit, positions, unit.getSourceFile().getCharContent(true).toString()));
    }
  }
}
