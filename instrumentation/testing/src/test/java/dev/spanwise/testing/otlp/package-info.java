@NullMarked
package dev.spanwise.testing.otlp;

import org.jspecify.annotations.NullMarked;
