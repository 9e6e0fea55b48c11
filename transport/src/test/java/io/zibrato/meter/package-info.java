/** Meters and histograms, against plain arithmetic and under several threads. */
package io.zibrato.meter;
