/**
 * Real servers for tests, on the loopback interface.
 *
 * <p>Each is started by its static method, answers when that returns, and is ended by {@code
 * close()} or, at the latest, with the JVM. A test whose server wants a program that is not
 * installed is skipped: starting throws a {@link org.opentest4j.TestAbortedException} that names
 * the program and its Debian package.
 */
@NullMarked
package dev.spanwise.testing.server;

import org.jspecify.annotations.NullMarked;
