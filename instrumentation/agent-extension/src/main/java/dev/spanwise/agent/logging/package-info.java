/** The library's log lines, in the agent's log: it has no SLF4J of its own for extensions. */
@NullMarked
package dev.spanwise.agent.logging;

import org.jspecify.annotations.NullMarked;
