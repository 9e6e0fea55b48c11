/**
 * What the tests of every backend share: the contract they extend, a broker and a service to test
 * against, and frames.
 */
package io.zibrato.backends.testing;
