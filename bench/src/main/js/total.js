// A backend of npm's statsd: adds up one counter, and prints the total when it rises.
exports.init = function (startupTime, config, events) {
  let total = 0;
  console.log('server is up');
  events.on('flush', function (time, metrics) {
    const more = metrics.counters['pipe.calls'] || 0;
    if (!more) return;
    total += more;
    console.log('total ' + total);
  });
  return true;
};
