/** Which classes of the jar the application's side needs. */
@NullMarked
package dev.spanwise.agent.packaging;

import org.jspecify.annotations.NullMarked;
