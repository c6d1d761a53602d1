package dev.spanwise.telemetry;

/** The type of an attribute's value. */
public enum AttributeType {
  STRING,
  INT,
  DOUBLE,
  BOOLEAN
}
