/**
 * HTTP as every part of the store speaks it: routes, bodies, parameters, errors and credentials.
 * Start reading at {@link io.zibrato.store.http.Api}. Knows of no metric and no table.
 */
package io.zibrato.store.http;
