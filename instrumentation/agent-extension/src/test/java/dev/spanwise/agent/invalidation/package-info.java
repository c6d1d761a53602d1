@NullMarked
package dev.spanwise.agent.invalidation;

import org.jspecify.annotations.NullMarked;
