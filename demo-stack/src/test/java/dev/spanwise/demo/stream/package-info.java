@NullMarked
package dev.spanwise.demo.stream;

import org.jspecify.annotations.NullMarked;
