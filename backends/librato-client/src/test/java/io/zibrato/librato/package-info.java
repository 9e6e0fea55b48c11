/**
 * The client against a service that answers as a test says, which checks each request byte by byte,
 * and against the real store.
 */
package io.zibrato.librato;
