/** Reads named by configuration, by the route or the name of a span that the agent makes anyway. */
@NullMarked
package dev.spanwise.agent.read;

import org.jspecify.annotations.NullMarked;
