/**
 * {@code /v1/alerts} and {@code /v1/services}: what alerts are, what they make of measurements each
 * minute, and whom they tell. Start reading at {@link io.zibrato.store.resources.alerts.Alerting}.
 */
package io.zibrato.store.resources.alerts;
