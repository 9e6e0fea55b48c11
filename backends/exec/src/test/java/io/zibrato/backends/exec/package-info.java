/** Tests of the worker for a program: real programs, in Python and of the shell. */
package io.zibrato.backends.exec;
