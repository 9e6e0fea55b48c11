/**
 * The applications: woven methods under load, and what they counted in a file that a kill leaves.
 */
package io.zibrato.chaos.load;
