/** The broker between real sockets, and the executable jar as a process. */
package io.zibrato.broker;
