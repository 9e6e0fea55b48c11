/** Settings, rounds, and the publisher over real sockets. */
package io.zibrato.transport;
