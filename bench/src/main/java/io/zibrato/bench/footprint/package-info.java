/**
 * What measuring costs an application in memory, and its publisher in processor time: {@code
 * ./zibrato bench footprint}.
 *
 * <p>{@link io.zibrato.bench.footprint.FootprintMain} starts a JVM of known heap and collector for
 * each {@link io.zibrato.bench.footprint.Fact}; in it {@link
 * io.zibrato.bench.footprint.SubjectMain} measures that fact and prints its figures, with a real
 * broker and a subscriber that reads everything in a third process ({@link
 * io.zibrato.bench.footprint.PeerMain}). Times of calls are measured elsewhere, by JMH.
 */
package io.zibrato.bench.footprint;
