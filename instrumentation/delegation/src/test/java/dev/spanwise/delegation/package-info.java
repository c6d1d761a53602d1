@NullMarked
package dev.spanwise.delegation;

import org.jspecify.annotations.NullMarked;
