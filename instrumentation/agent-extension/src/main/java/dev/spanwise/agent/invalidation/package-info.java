/** Cache invalidations over Redis' publish and subscribe, under the agent. */
@NullMarked
package dev.spanwise.agent.invalidation;

import org.jspecify.annotations.NullMarked;
