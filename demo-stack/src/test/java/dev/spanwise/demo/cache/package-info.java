@NullMarked
package dev.spanwise.demo.cache;

import org.jspecify.annotations.NullMarked;
