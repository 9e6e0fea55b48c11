/** Units of how the store keeps points by themselves. */
package io.zibrato.store.points;
