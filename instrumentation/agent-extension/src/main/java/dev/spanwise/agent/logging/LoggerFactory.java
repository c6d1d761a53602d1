package dev.spanwise.agent.logging;

import org.slf4j.Logger;

/** Stands for SLF4J's own inside the jar, which would look for a provider in the application. */
public final class LoggerFactory {
  private LoggerFactory() {}

  public static Logger getLogger(Class<?> type) {
    return new AgentLogger(type.getName());
  }
}
