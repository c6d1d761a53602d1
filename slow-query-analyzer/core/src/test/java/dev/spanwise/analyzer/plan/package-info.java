@NullMarked
package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.NullMarked;
