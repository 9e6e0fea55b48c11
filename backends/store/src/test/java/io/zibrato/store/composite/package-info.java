/** Tests of the language of composite metrics. */
package io.zibrato.store.composite;
