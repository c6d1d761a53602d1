@NullMarked
package dev.spanwise.analyzer.advice;

import org.jspecify.annotations.NullMarked;
