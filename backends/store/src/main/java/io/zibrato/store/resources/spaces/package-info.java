/**
 * {@code /v1/spaces} and the charts in them: kept as they were said and given back. Nothing here
 * reads a measurement. Start reading at {@link io.zibrato.store.resources.spaces.SpaceEndpoints}.
 */
package io.zibrato.store.resources.spaces;
