@NullMarked
package dev.spanwise.examples.spring;

import org.jspecify.annotations.NullMarked;
