/** Tests of alerts without HTTP, and what tests over HTTP need to move time by hand. */
package io.zibrato.store.resources.alerts;
