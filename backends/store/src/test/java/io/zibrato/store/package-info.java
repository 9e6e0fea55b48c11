/**
 * Tests of the store: units by themselves, the API over real HTTP, the page in a browser, the jar
 * as a process.
 */
package io.zibrato.store;
