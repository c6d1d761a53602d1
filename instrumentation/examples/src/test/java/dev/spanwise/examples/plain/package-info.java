@NullMarked
package dev.spanwise.examples.plain;

import org.jspecify.annotations.NullMarked;
