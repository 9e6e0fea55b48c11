package io.zibrato.backends;

/** A measurement that the service refused, and what it said. */
public record Refused(Measurement measurement, String reason) {}
