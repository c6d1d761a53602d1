@NullMarked
package dev.spanwise.examples;

import org.jspecify.annotations.NullMarked;
