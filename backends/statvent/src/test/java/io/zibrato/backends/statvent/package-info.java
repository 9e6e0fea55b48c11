/** Tests of the web service: its parts by themselves, and with real processes at the pipes. */
package io.zibrato.backends.statvent;
