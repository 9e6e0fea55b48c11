/**
 * The language of composite metrics: text to a tree of functions, and the tree to series. Start
 * reading at {@link io.zibrato.store.composite.Composite}. Knows of no table and no HTTP: what it
 * computes with comes from a {@link io.zibrato.store.composite.SeriesSource}.
 */
package io.zibrato.store.composite;
