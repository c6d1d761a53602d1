package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.incubating.MessagingIncubatingAttributes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The attributes of OpenTelemetry's conventions are declared as the conventions have them. */
class ConventionsTest {

  private static final Map<String, AttributeKey<?>> STABLE = keysBeside(ErrorAttributes.class);
  private static final Map<String, AttributeKey<?>> DEVELOPMENT =
      keysBeside(MessagingIncubatingAttributes.class);

  @Test
  void theConventionsArtifactsAreRead() {
    assertThat(STABLE).hasSizeGreaterThan(50).containsKey("db.query.text");
    assertThat(DEVELOPMENT).hasSizeGreaterThan(300).containsKey("messaging.system");
  }

  @Test
  void referencesAreOfTheConventions() {
    assertThat(faults(TelemetryContract.ofThisVersion().attributes())).isEmpty();
  }

  @Test
  void aReferenceThatIsOtherwiseIsFound() {
    assertThat(
            faults(
                List.of(
                    reference("error.type", AttributeType.STRING, Stability.DEVELOPMENT),
                    reference("messaging.system", AttributeType.STRING, Stability.STABLE),
                    reference("http.route", AttributeType.INT, Stability.STABLE),
                    reference("messaging.lag", AttributeType.INT, Stability.DEVELOPMENT))))
        .containsExactly(
            "error.type is stable",
            "messaging.system is not stable",
            "http.route is a string",
            "messaging.lag is in no convention");
  }

  @Test
  void noOwnNameIsOneOfTheConventions() {
    assertThat(TelemetryContract.ofThisVersion().attributes())
        .filteredOn(attribute -> attribute.convention() != Convention.OPENTELEMETRY)
        .extracting(DeclaredAttribute::name)
        .isNotEmpty()
        .noneMatch(name -> STABLE.containsKey(name) || DEVELOPMENT.containsKey(name));
  }

  private static List<String> faults(List<DeclaredAttribute> attributes) {
    List<String> faults = new ArrayList<>();
    for (DeclaredAttribute attribute : attributes) {
      if (attribute.convention() == Convention.OPENTELEMETRY) {
        String name = attribute.name();
        boolean stable = STABLE.containsKey(name);
        AttributeKey<?> key = stable ? STABLE.get(name) : DEVELOPMENT.get(name);
        if (key == null) {
          faults.add(name + " is in no convention");
        } else if (stable != (attribute.stability() == Stability.STABLE)) {
          faults.add(name + (stable ? " is stable" : " is not stable"));
        } else if (!type(key).equals(Fields.written(attribute.type()))) {
          faults.add(name + " is a " + type(key));
        }
      }
    }
    return faults;
  }

  private static String type(AttributeKey<?> key) {
    String type = key.getType().name().toLowerCase(Locale.ROOT);
    return type.equals("long") ? "int" : type;
  }

  private static DeclaredAttribute reference(String name, AttributeType type, Stability stability) {
    return new DeclaredAttribute(
        name,
        Convention.OPENTELEMETRY,
        type,
        null,
        stability,
        "Brief.",
        null,
        List.of(),
        null,
        List.of(),
        null);
  }

  /** The constants of all classes of attributes in the package and the jar of one of them. */
  private static Map<String, AttributeKey<?>> keysBeside(Class<?> one) {
    String folder = "/" + one.getPackageName().replace('.', '/');
    Map<String, AttributeKey<?>> keys = new HashMap<>();
    try {
      URI jar = one.getProtectionDomain().getCodeSource().getLocation().toURI();
      try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
          Stream<Path> classes = Files.list(files.getPath(folder))) {
        for (Path file : classes.toList()) {
          String name = file.getFileName().toString().replace(".class", "");
          if (name.endsWith("Attributes")) {
            for (Field field : Class.forName(one.getPackageName() + "." + name).getFields()) {
              if (field.get(null) instanceof AttributeKey<?> key) {
                keys.put(key.getKey(), key);
              }
            }
          }
        }
      }
      return keys;
    } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException("no attributes beside " + one, e);
    }
  }
}
