/**
 * How measurements are kept: as they arrived, then packed by series and hour in four resolutions,
 * and how they are read back. It knows series by number only; names, tags and HTTP do not belong
 * here.
 */
package io.zibrato.store.points;
