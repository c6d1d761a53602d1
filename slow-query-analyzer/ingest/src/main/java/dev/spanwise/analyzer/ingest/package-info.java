/** Reads spans: OTLP over the network and from files, as protobuf and as JSON. */
@NullMarked
package dev.spanwise.analyzer.ingest;

import org.jspecify.annotations.NullMarked;
