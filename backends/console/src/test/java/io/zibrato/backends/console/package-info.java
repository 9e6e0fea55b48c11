/** Tests of the worker for a terminal. */
package io.zibrato.backends.console;
