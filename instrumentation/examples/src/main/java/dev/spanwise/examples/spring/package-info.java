/** The library in an application of Spring Boot: watchlists, by HTTP. */
@NullMarked
package dev.spanwise.examples.spring;

import org.jspecify.annotations.NullMarked;
