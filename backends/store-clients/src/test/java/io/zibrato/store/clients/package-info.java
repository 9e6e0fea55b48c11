/**
 * What speaks the Librato API, against the real store: released clients of others, as they are, and
 * our own, operation by operation. Tests of the store alone are beside its code.
 */
package io.zibrato.store.clients;
