@NullMarked
package dev.spanwise.analyzer.cli;

import org.jspecify.annotations.NullMarked;
