/**
 * How far PostgreSQL's replicas and replication slots are behind their primary, told so that a
 * replica that has lost its primary does not look as if it were up to date.
 *
 * @see dev.spanwise.instrumentation.replication.ReplicationMonitor
 */
@NullMarked
package dev.spanwise.instrumentation.replication;

import org.jspecify.annotations.NullMarked;
