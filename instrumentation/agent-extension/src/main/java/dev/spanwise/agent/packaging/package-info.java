/** What the jar holds besides the extension's own classes. */
@NullMarked
package dev.spanwise.agent.packaging;

import org.jspecify.annotations.NullMarked;
