package dev.spanwise.delegation;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/** Writes the subclass that {@link Delegates} asks for. */
@SupportedAnnotationTypes("dev.spanwise.delegation.Delegates")
public final class DelegationProcessor extends AbstractProcessor {
  static final String FIELD = "delegate";

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element annotated : round.getElementsAnnotatedWith(Delegates.class)) {
      if (annotated instanceof TypeElement type) {
        write(type);
      }
    }
    return false;
  }

  private void write(TypeElement type) {
    if (type.getKind() != ElementKind.CLASS
        || !type.getModifiers().contains(Modifier.ABSTRACT)
        || type.getNestingKind() != NestingKind.TOP_LEVEL) {
      error(type, "@Delegates is for abstract classes at the top level");
      return;
    }
    if (!hasDelegate(type)) {
      error(type, "@Delegates asks for a field " + FIELD + " that a subclass can read");
      return;
    }
    DelegatingClass source =
        new DelegatingClass(type, processingEnv.getElementUtils(), processingEnv.getTypeUtils());
    try (Writer file =
        processingEnv.getFiler().createSourceFile(source.qualifiedName(), type).openWriter()) {
      file.write(source.text());
    } catch (IOException e) {
      error(type, "%s was not written: %s".formatted(source.qualifiedName(), e));
    }
  }

  private boolean hasDelegate(TypeElement type) {
    return ElementFilter.fieldsIn(processingEnv.getElementUtils().getAllMembers(type)).stream()
        .anyMatch(
            field ->
                field.getSimpleName().contentEquals(FIELD)
                    && !field.getModifiers().contains(Modifier.PRIVATE)
                    && !field.getModifiers().contains(Modifier.STATIC));
  }

  private void error(Element element, String message) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, element);
  }
}
