package dev.spanwise.testing.contract.application;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;

/**
 * An application that runs once and ends. It has a public constructor without parameters.
 *
 * <p>{@link #main} is what a process of its own runs: {@code <class> <setting=value>...}.
 */
public interface Application {

  /**
   * Does everything and returns once it is done.
   *
   * @param settings where its servers are, by name
   * @param out what it has to say, a line each
   */
  void run(Seam seam, Map<String, String> settings, PrintStream out) throws Exception;

  /** Runs the application that the first argument names, without the library. */
  static void main(String[] arguments) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    make(arguments[0]).run(new Seam() {}, settings, System.out);
  }

  private static Application make(String className) throws ClassNotFoundException {
    try {
      return Class.forName(className).asSubclass(Application.class).getConstructor().newInstance();
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalArgumentException(
          className + " is no application with a public constructor", e);
    }
  }
}
