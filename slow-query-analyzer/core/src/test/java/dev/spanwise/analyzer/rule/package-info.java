@NullMarked
package dev.spanwise.analyzer.rule;

import org.jspecify.annotations.NullMarked;
