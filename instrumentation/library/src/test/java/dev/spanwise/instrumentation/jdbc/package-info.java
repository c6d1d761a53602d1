@NullMarked
package dev.spanwise.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
