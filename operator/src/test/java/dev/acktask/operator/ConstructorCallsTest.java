package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More than six positional arguments are easily confused. A builder names them; its own call of the
 * constructor is the only exception.
 */
final class ConstructorCallsTest {
  private static final int MAX_ARGUMENTS = 6;

  /** Takes any number of equal arguments. */
  private static final Set<String> VARARGS = Set.of("ProcessBuilder");

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "src/test/java"})
  void shouldHaveAtMostSixArguments(String directory) throws IOException {
    List<String> found = new ArrayList<>();
    Sources.parse(Sources.in(directory), parsed -> found.addAll(longCalls(parsed)));
    assertEquals(List.of(), found);
  }

  @Test
  void shouldFindALongCallOutsideABuilder() throws IOException {
    String long7 = "Object o = new Long7(1, 2, 3, 4, 5, 6, 7);";
    assertEquals(List.of("Snippet.java: new Long7"), longCalls("class A { " + long7 + " }"));
    assertEquals(List.of(), longCalls("class A { static class Builder { " + long7 + " } }"));
    assertEquals(
        List.of(), longCalls("class A { Object o = new Short6(1, 2, 3, 4, 5, f(6, 7)); }"));
  }

  private static List<String> longCalls(String source) throws IOException {
    List<String> found = new ArrayList<>();
    Sources.parse(source, parsed -> found.addAll(longCalls(parsed)));
    return found;
  }

  private static List<String> longCalls(Sources.Source source) {
    List<String> found = new ArrayList<>();
    new TreeScanner<Void, String>() {
      @Override
      public Void visitClass(ClassTree type, String outer) {
        return super.visitClass(type, type.getSimpleName().toString());
      }

      @Override
      public Void visitNewClass(NewClassTree call, String inside) {
        String type = call.getIdentifier().toString();
        if (call.getArguments().size() > MAX_ARGUMENTS
            && !inside.endsWith("Builder")
            && !VARARGS.contains(type)) {
          found.add(source.fileName() + ": new " + type);
        }
        return super.visitNewClass(call, inside);
      }
    }.scan(source.unit(), "");
    return found;
  }
}
