/**
 * The store: an embedded, persistent server that speaks the Librato metrics API and shows charts.
 * Start reading at {@link io.zibrato.store.StoreMain}. Nothing here knows of meters, frames or
 * workers: whatever speaks HTTP may send to it.
 */
package io.zibrato.store;
