/** The built jar in the real agents, in processes of their own. */
@NullMarked
package dev.spanwise.agent;

import org.jspecify.annotations.NullMarked;
