/**
 * The worker for Librato, and for whatever speaks Librato's metrics API, such as our store.
 *
 * <p>What belongs here: how measurements become that API's requests. What does not: a general
 * client of the API.
 */
package io.zibrato.backends.librato;
