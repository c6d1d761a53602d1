package dev.spanwise.instrumentation.telemetry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.EnumSource;

/** For a test's parameter: each {@link TelemetryFault} that meters have. */
@EnumSource(
    names = {
      "REGISTRY_REFUSES_METERS",
      "REGISTRY_REFUSES_VALUES",
      "METER_PROVIDER_THROWS",
      "INSTRUMENT_THROWS"
    })
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EachMeterFault {}
