/** Tests of what is recorded by name, and of the pipe that tells it. */
package io.zibrato.statvent;
