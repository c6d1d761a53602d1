package dev.spanwise.agent.packaging;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the classes of this jar that some class refers to, and those that they refer to, by the
 * names in their constant pools (<a
 * href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">JVMS 4.4</a>).
 * The agent loads a module's helpers once more for each class loader of the application and must be
 * told each by name; its own build collects them with a Gradle plugin that has no counterpart for
 * Maven.
 */
public final class HelperClasses {
  private static final Pattern OURS = Pattern.compile("dev/spanwise/[\\w/$]+");
  private static final int MAGIC = 0xCAFEBABE;

  private HelperClasses() {}

  /**
   * Collects the names of the classes to load.
   *
   * @param roots what advice calls, by name: loading them here would want the application's classes
   * @return names with dots, the roots first
   * @throws IllegalArgumentException if the jar lacks a root
   */
  public static List<String> reachableFrom(String... roots) {
    Set<String> found = new LinkedHashSet<>();
    Queue<String> open = new ArrayDeque<>();
    for (String root : roots) {
      open.add(root.replace('.', '/'));
    }
    try {
      while (!open.isEmpty()) {
        String name = open.remove();
        if (found.contains(name)) {
          continue;
        }
        try (InputStream file =
            HelperClasses.class.getClassLoader().getResourceAsStream(name + ".class")) {
          if (file != null) {
            found.add(name);
            open.addAll(namesIn(new DataInputStream(file)));
          } else if (List.of(roots).contains(name.replace('/', '.'))) {
            throw new IllegalArgumentException("the jar has no class " + name);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
    List<String> names = new ArrayList<>();
    found.forEach(name -> names.add(name.replace('/', '.')));
    return names;
  }

  private static List<String> namesIn(DataInputStream file) throws IOException {
    if (file.readInt() != MAGIC) {
      throw new IOException("not a class file");
    }
    file.skipNBytes(4);
    List<String> names = new ArrayList<>();
    int entries = file.readUnsignedShort();
    for (int i = 1; i < entries; i++) {
      int tag = file.readUnsignedByte();
      switch (tag) {
        case 1 -> addNames(file.readUTF(), names);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> file.skipNBytes(4);
        case 5, 6 -> {
          file.skipNBytes(8);
          // A long or a double takes two places.
          i++;
        }
        case 7, 8, 16, 19, 20 -> file.skipNBytes(2);
        case 15 -> file.skipNBytes(3);
        default -> throw new IOException("no constant has the tag " + tag);
      }
    }
    return names;
  }

  private static void addNames(String text, List<String> names) {
    Matcher matcher = OURS.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
  }
}
