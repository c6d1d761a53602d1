package dev.spanwise.delegation;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The source of one delegating class. */
final class DelegatingClass {
  private final TypeElement base;
  private final DeclaredType baseType;
  private final Elements elements;
  private final Types types;

  DelegatingClass(TypeElement base, Elements elements, Types types) {
    this.base = base;
    this.elements = elements;
    this.types = types;
    this.baseType =
        types.getDeclaredType(
            base,
            base.getTypeParameters().stream()
                .map(parameter -> types.erasure(parameter.asType()))
                .toArray(TypeMirror[]::new));
  }

  String qualifiedName() {
    Name place = elements.getPackageOf(base).getQualifiedName();
    return place.isEmpty() ? simpleName() : place + "." + simpleName();
  }

  private String simpleName() {
    return "Delegating" + base.getSimpleName();
  }

  String text() {
    Name place = elements.getPackageOf(base).getQualifiedName();
    return """
        %s
        @javax.annotation.processing.Generated("%s")
        @SuppressWarnings({"deprecation", "removal", "rawtypes", "unchecked"})
        final class %s extends %s {
        %s%s}
        """
        .formatted(
            place.isEmpty() ? "" : "package " + place + ";\n",
            DelegationProcessor.class.getName(),
            simpleName(),
            baseType,
            constructors(),
            methods());
  }

  private String constructors() {
    return ElementFilter.constructorsIn(base.getEnclosedElements()).stream()
        .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
        .map(
            constructor ->
                """
                  %s(%s)%s {
                    super(%s);
                  }
                """
                    .formatted(
                        simpleName(),
                        parameters(asSeenHere(constructor)),
                        thrown(asSeenHere(constructor)),
                        arguments(constructor)))
        .collect(joining("\n"));
  }

  private String methods() {
    return ElementFilter.methodsIn(elements.getAllMembers(base)).stream()
        .filter(DelegatingClass::isLeftToTheDelegate)
        .map(this::method)
        .collect(joining());
  }

  private static boolean isLeftToTheDelegate(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    return method.getEnclosingElement() instanceof TypeElement owner
        && owner.getKind().isInterface()
        && Stream.of(Modifier.STATIC, Modifier.PRIVATE).noneMatch(modifiers::contains);
  }

  private String method(ExecutableElement method) {
    ExecutableType type = asSeenHere(method);
    return """

          @Override
          public %s%s %s(%s)%s {
            %s%s.%s(%s);
          }
        """
        .formatted(
            typeParameters(type),
            type.getReturnType(),
            method.getSimpleName(),
            parameters(type),
            thrown(type),
            type.getReturnType().getKind() == TypeKind.VOID ? "" : "return ",
            DelegationProcessor.FIELD,
            method.getSimpleName(),
            arguments(method));
  }

  private ExecutableType asSeenHere(ExecutableElement executable) {
    return (ExecutableType) types.asMemberOf(baseType, executable);
  }

  private String typeParameters(ExecutableType method) {
    List<? extends TypeVariable> variables = method.getTypeVariables();
    return variables.isEmpty()
        ? ""
        : variables.stream().map(this::typeParameter).collect(joining(", ", "<", "> "));
  }

  private String typeParameter(TypeVariable variable) {
    Predicate<TypeMirror> says = bound -> !bound.toString().equals(Object.class.getName());
    return variable
        + ((TypeParameterElement) variable.asElement())
            .getBounds().stream()
                .filter(says)
                .map(TypeMirror::toString)
                .collect(joining(" & "))
                .transform(bounds -> bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String parameters(ExecutableType method) {
    List<? extends TypeMirror> types = method.getParameterTypes();
    return IntStream.range(0, types.size())
        .mapToObj(i -> types.get(i) + " p" + i)
        .collect(joining(", "));
  }

  private static String arguments(ExecutableElement method) {
    return IntStream.range(0, method.getParameters().size())
        .mapToObj(i -> "p" + i)
        .collect(joining(", "));
  }

  private static String thrown(ExecutableType method) {
    return method.getThrownTypes().isEmpty()
        ? ""
        : method.getThrownTypes().stream()
            .map(TypeMirror::toString)
            .collect(joining(", ", " throws ", ""));
  }
}
