package dev.spanwise.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelegationProcessorTest {
  @TempDir private Path classes;

  @Test
  void whatTheClassLeavesGoesToTheDelegateAndDefaultMethodsToo() throws Exception {
    assertThat(
            compile(
                """
                import dev.spanwise.delegation.Delegates;
                interface Shape {
                  String name();
                  default String colour() { return "default"; }
                  <T extends Comparable<T>> T larger(T one, T other) throws java.io.IOException;
                  static String unit() { return "m"; }
                }
                interface Round extends Shape { void roll(int[] steps); }
                @Delegates
                abstract class Watched<S extends Shape> implements Shape {
                  final S delegate;
                  Watched(S delegate) { this.delegate = delegate; }
                  @Override public String name() { return "watched " + delegate.name(); }
                }
                @Delegates
                abstract class WatchedRound extends Watched<Round> implements Round {
                  WatchedRound(Round delegate) { super(delegate); }
                }
                class Ball implements Round {
                  int rolled;
                  @Override public String name() { return "ball"; }
                  @Override public String colour() { return "red"; }
                  @Override public <T extends Comparable<T>> T larger(T one, T other) {
                    return one.compareTo(other) > 0 ? one : other;
                  }
                  @Override public void roll(int[] steps) { rolled += steps.length; }
                }
                public class Main implements java.util.function.Supplier<String> {
                  @Override public String get() {
                    try {
                      Ball ball = new Ball();
                      Round round = new DelegatingWatchedRound(ball);
                      Shape shape = new DelegatingWatched(ball);
                      round.roll(new int[3]);
                      return round.name() + " " + shape.name() + " " + shape.colour() + " "
                          + round.larger(2, 7) + " " + ball.rolled;
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }
                }
                """))
        .isEmpty();

    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      Object main = loader.loadClass("Main").getConstructor().newInstance();
      assertThat(((java.util.function.Supplier<?>) main).get())
          .isEqualTo("watched ball watched ball red 7 3");
    }
  }

  @Test
  void aClassWithoutADelegateIsAnErrorAtThatClass() throws IOException {
    assertThat(
            compile(
                """
                @dev.spanwise.delegation.Delegates
                abstract class Main implements Runnable {}
                """))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.getMessage(Locale.ROOT)).contains("field delegate");
              assertThat(error.getLineNumber()).isEqualTo(2);
            });
  }

  @Test
  void aConcreteClassIsAnError() throws IOException {
    assertThat(compile("@dev.spanwise.delegation.Delegates class Main {}"))
        .singleElement()
        .satisfies(error -> assertThat(error.getMessage(Locale.ROOT)).contains("abstract classes"));
  }

  private List<Diagnostic<? extends JavaFileObject>> compile(String source) throws IOException {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            new StringWriter(),
            null,
            diagnostics,
            List.of("-d", classes.toString(), "-Xlint:all,-processing,-auxiliaryclass", "-Werror"),
            null,
            List.of(file));
    task.setProcessors(List.of(new DelegationProcessor()));
    task.call();
    return diagnostics.getDiagnostics();
  }
}
