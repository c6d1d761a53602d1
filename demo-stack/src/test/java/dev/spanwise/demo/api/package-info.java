@NullMarked
package dev.spanwise.demo.api;

import org.jspecify.annotations.NullMarked;
