@NullMarked
package dev.spanwise.demo.quotes;

import org.jspecify.annotations.NullMarked;
