/**
 * What the resources around the metrics share: reading members of a request, rows, lists. Each kind
 * of resource has a package below.
 */
package io.zibrato.store.resources;
