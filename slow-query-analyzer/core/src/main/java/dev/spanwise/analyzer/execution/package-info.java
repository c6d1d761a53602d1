/** What a server's log says of the statements that its backends executed. */
@NullMarked
package dev.spanwise.analyzer.execution;

import org.jspecify.annotations.NullMarked;
