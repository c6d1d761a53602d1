/** The contracts that the library shares with the agent's extension, in this process. */
@NullMarked
package dev.spanwise.instrumentation.contract;

import org.jspecify.annotations.NullMarked;
