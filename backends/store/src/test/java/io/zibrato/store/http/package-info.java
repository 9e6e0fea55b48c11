/** Units of the store's http package by themselves: bodies and numbers. */
package io.zibrato.store.http;
