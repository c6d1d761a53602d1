package dev.spanwise.delegation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a concrete subclass of an abstract class that passes on every interface method which the
 * class leaves to its field {@code delegate}: by a direct call, default methods too. For a class
 * {@code X} it is named {@code DelegatingX}, is final and package-private, and has the constructors
 * of {@code X} that are not private. Type parameters of {@code X} are taken to be their bounds.
 *
 * <p>What the class implements itself stays as it is: it shows what differs from the delegate and
 * nothing else.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Delegates {}
