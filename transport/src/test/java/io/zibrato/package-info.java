/** The programmatic API, and which package imports which. */
package io.zibrato;
