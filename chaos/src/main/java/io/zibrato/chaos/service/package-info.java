/**
 * What workers deliver to: takes what Librato takes, keeps each request, and misbehaves when told.
 */
package io.zibrato.chaos.service;
