@NullMarked
package dev.spanwise.agent.postgresql;

import org.jspecify.annotations.NullMarked;
