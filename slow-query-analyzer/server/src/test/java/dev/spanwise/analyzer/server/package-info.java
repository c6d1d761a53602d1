@NullMarked
package dev.spanwise.analyzer.server;

import org.jspecify.annotations.NullMarked;
