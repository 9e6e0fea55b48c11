/** Units of the store's metrics package by themselves: submissions and what they change. */
package io.zibrato.store.metrics;
