/**
 * Writes, while other modules are compiled, the methods that only pass a call on.
 *
 * @see dev.spanwise.delegation.Delegates
 */
@NullMarked
package dev.spanwise.delegation;

import org.jspecify.annotations.NullMarked;
