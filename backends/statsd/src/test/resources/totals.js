// A backend of npm's statsd that adds up what each flush has, and tells it to the admin port's "stats".
exports.init = function (startupTime, config, events) {
  const totals = {};
  const add = function (kind, values) {
    for (const key in values) {
      totals[kind + '.' + key] = (totals[kind + '.' + key] || 0) + values[key];
    }
  };
  events.on('flush', function (timestamp, metrics) {
    add('counters', metrics.counters);
    add('timers', metrics.timer_counters);
    for (const key in metrics.gauges) totals['gauges.' + key] = metrics.gauges[key];
  });
  events.on('status', function (write) {
    for (const key in totals) write(null, 'totals', key, totals[key]);
  });
  return true;
};
