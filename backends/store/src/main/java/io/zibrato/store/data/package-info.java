/**
 * The one database file: its schema, the one thread that changes it, connections that read it.
 * Start reading at {@link io.zibrato.store.data.Database}.
 */
package io.zibrato.store.data;
