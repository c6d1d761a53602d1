/** {@code postgresql.pid} on the agent's JDBC spans. */
@NullMarked
package dev.spanwise.agent.postgresql;

import org.jspecify.annotations.NullMarked;
