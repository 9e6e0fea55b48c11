/** Units of the store's data package by themselves: the database and patterns. */
package io.zibrato.store.data;
